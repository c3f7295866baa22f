package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.task.Json;
import io.legwork.task.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

  private Instant now = Instant.parse("2027-01-01T00:00:00Z");
  private Map<String, TypeDefinition> ledger = types("echo");
  private int questions;

  private final KnownTypes types =
      new KnownTypes(
          () -> {
            questions++;
            return ledger;
          },
          () -> now);

  @Test
  void asksTheLedgerOnlyForWhatItDoesNotKnow() {
    for (int i = 0; i < 100; i++) {
      assertThat(types.find("echo")).isPresent();
      assertThat(types.find("nothing")).isEmpty();
    }

    assertThat(questions).isEqualTo(1);
  }

  @Test
  void learnsANewTypeSoon() {
    assertThat(types.find("later")).isEmpty();
    ledger = types("echo", "later");

    now = now.plusMillis(300);

    assertThat(types.find("later")).isPresent();
  }

  @Test
  void sharesOneQuestionAmongAllWhoAskAtTheSameTime() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    KnownTypes slow =
        new KnownTypes(
            () -> {
              questions++;
              asked.countDown();
              awaitQuietly(answered);
              throw new IllegalStateException("unreachable");
            },
            () -> now);
    List<Thread> threads = new ArrayList<>();
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      var answer = new CompletableFuture<Boolean>();
      answers.add(answer);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  answer.complete(slow.find("echo").isPresent());
                } catch (IllegalStateException failure) {
                  answer.completeExceptionally(failure);
                }
              }));
    }
    awaitQuietly(asked);
    Awaitility.await()
        .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));

    answered.countDown();

    assertThat(answers).allMatch(answer -> answer.handle((is, failure) -> failure != null).join());
    assertThat(questions).isEqualTo(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void listsTheTypesUpToABound() {
    assertThat(types.list()).contains("no worker");
    ledger =
        types(IntStream.range(0, 100).mapToObj(i -> "t%02d".formatted(i)).toArray(String[]::new));

    assertThat(types.find("t00")).isPresent();

    assertThat(types.list()).startsWith("t00, t01,").endsWith("t29 and 70 others");
  }

  @Test
  void learnsSoonWhatHasChanged() {
    KnownType before = types.find("echo").orElseThrow();
    ledger = Map.of("echo", new TypeDefinition("echo", null, Duration.ofSeconds(7), null, null));

    assertThat(types.find("echo")).containsSame(before);
    now = now.plusSeconds(3);

    Awaitility.await()
        .until(
            () -> types.find("echo").orElseThrow().definition().timeout(),
            Duration.ofSeconds(7)::equals);
  }

  @Test
  void acceptsWhatAnUnusableSchemaCannotJudge() {
    Json schema = Json.of("{\"$ref\": \"#/$defs/missing\"}");
    ledger = Map.of("echo", new TypeDefinition("echo", schema, null, null, null));

    assertThat(types.find("echo").orElseThrow().schema()).isNull();
  }

  private static Map<String, TypeDefinition> types(String... names) {
    return Arrays.stream(names).collect(Collectors.toMap(name -> name, TypeDefinition::of));
  }
}

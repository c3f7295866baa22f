package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

  private Instant now = Instant.parse("2027-01-01T00:00:00Z");
  private Set<String> ledger = Set.of("echo");
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
      assertThat(types.contains("echo")).isTrue();
      assertThat(types.contains("nothing")).isFalse();
    }

    assertThat(questions).isEqualTo(1);
  }

  @Test
  void learnsANewTypeSoon() {
    assertThat(types.contains("later")).isFalse();
    ledger = Set.of("echo", "later");

    now = now.plusMillis(300);

    assertThat(types.contains("later")).isTrue();
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
                  answer.complete(slow.contains("echo"));
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
        IntStream.range(0, 100).mapToObj(i -> "t%02d".formatted(i)).collect(Collectors.toSet());

    assertThat(types.contains("t00")).isTrue();

    assertThat(types.list()).startsWith("t00, t01,").endsWith("t29 and 70 others");
  }
}

package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void listsTheTypesUpToABound() {
    assertThat(types.list()).contains("no worker");
    ledger =
        IntStream.range(0, 100).mapToObj(i -> "t%02d".formatted(i)).collect(Collectors.toSet());

    assertThat(types.contains("t00")).isTrue();

    assertThat(types.list()).startsWith("t00, t01,").endsWith("t29 and 70 others");
  }
}

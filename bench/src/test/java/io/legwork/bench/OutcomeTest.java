package io.legwork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.legwork.bench.client.Listener.Heard;
import io.legwork.bench.client.LoadResult;
import io.legwork.bench.system.ClientProcess.Seen;
import io.legwork.bench.system.ListenerProcess.Told;
import io.legwork.bench.system.Survey.Listed;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);
  private static final UUID OTHER = new UUID(0, 3);
  private static final Listed DONE = done(1_000_000, 2_000_000);

  @Test
  void rateCountsFromTheFirstRequestToTheLastEnd() {
    var outcome =
        Outcome.of(seen(ONE, TWO), Map.of(ONE, DONE, TWO, done(1_000_000, 5_000_000)), true, null);

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.rate()).isCloseTo(0.5, within(1e-9));
    assertThat(outcome.perSecond(Listed::finishedMicros)).containsExactly(0, 1, 0, 0, 1);
  }

  @Test
  void rateEndsWhenTheLastEndWasHeardOf() {
    var told = new Told(new Heard(1, 11_000_000, 1, 0), Set.of(ONE));

    var outcome = Outcome.of(seen(ONE), Map.of(ONE, DONE), true, told);

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.rate()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void anAcceptedTaskThatIsNotListedMakesTheRateVoid() {
    var outcome = Outcome.of(seen(ONE, TWO), Map.of(ONE, DONE), true, null);

    assertThat(outcome.problems()).containsExactly("1 accepted tasks are not listed");
  }

  @Test
  void soDoesATaskThatDidNotSucceedAndOneThatNobodyAskedFor() {
    var open = new Listed("RUNNING", 1, 1_000_000, 0);

    var outcome = Outcome.of(seen(ONE), Map.of(ONE, open, OTHER, DONE), true, null);

    assertThat(outcome.problems())
        .containsExactly(
            "1 accepted tasks did not succeed", "1 tasks are listed that nobody was told of");
  }

  @Test
  void soDoesAnEndThatTheListenerDidNotHear() {
    var told = new Told(new Heard(0, 0, 1, 0), Set.of());

    var outcome = Outcome.of(seen(ONE), Map.of(ONE, DONE), true, told);

    assertThat(outcome.problems()).containsExactly("the end of 1 tasks was not heard of");
  }

  private static Listed done(long submitted, long finished) {
    return new Listed("SUCCEEDED", 1, submitted, finished);
  }

  /** A client that began at second 1. */
  private static Seen seen(UUID... ids) {
    var result =
        new LoadResult(1_000_000, 2_000_000, 0, ids.length, ids.length, 0, 0, 0, 0, "", "");
    return new Seen(result, Set.of(ids));
  }
}

package io.legwork.handler.testing;

import io.legwork.handler.Handler;
import io.legwork.handler.Outcome;
import io.legwork.handler.runtime.Checkpoints;
import io.legwork.handler.runtime.HandlerRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An attempt at a task, to be set up and run:
 *
 * <pre>{@code
 * var ended = TestAttempt.of(new Render()).number(2).resumingFrom(3).run("""{"pages": 10}""");
 * assertThat(ended.outcome()).isEqualTo(Outcome.succeed(10));
 * assertThat(ended.checkpoint(Integer.class)).contains(10);
 * }</pre>
 *
 * <p>The payload is read, and what the handler throws is taken, as by a worker. The handler runs on
 * the calling thread. Not thread-safe.
 */
public final class TestAttempt {

  /** When the attempt starts unless it is told otherwise. */
  public static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

  private final HandlerRunner<?> handler;
  private final TestClock clock = new TestClock(START);
  private int number = 1;
  private Duration timeout = Duration.ofMinutes(5);
  private byte @Nullable [] checkpoint;
  private @Nullable Outcome stop;
  private int stopAt = Integer.MAX_VALUE;

  private TestAttempt(HandlerRunner<?> handler) {
    this.handler = handler;
  }

  /** The first attempt, with five minutes' time. */
  public static TestAttempt of(Handler<?> handler) {
    return new TestAttempt(HandlerRunner.of(handler));
  }

  /** The attempt of that number, which is its fencing token. */
  public TestAttempt number(int attempt) {
    number = attempt;
    return this;
  }

  /** How long the attempt may take by {@link #clock}. */
  public TestAttempt timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  /** What an earlier attempt has kept. */
  public TestAttempt resumingFrom(Object kept) {
    checkpoint = Checkpoints.write(kept);
    return this;
  }

  /** The task is cancelled before the handler begins to wait for anything. */
  public TestAttempt cancelled() {
    return cancelledAt(0);
  }

  /** The task is cancelled once the handler has told that much progress. */
  public TestAttempt cancelledAt(int percent) {
    return stopped(percent, Outcome.fail("The attempt was revoked."));
  }

  /** The time is up before the handler begins to wait for anything. */
  public TestAttempt timedOut() {
    return timedOutAt(0);
  }

  /** The time is up once the handler has told that much progress. */
  public TestAttempt timedOutAt(int percent) {
    return stopped(
        percent, Outcome.fail("The attempt did not end within its timeout of " + timeout + "."));
  }

  private TestAttempt stopped(int percent, Outcome outcome) {
    stopAt = percent;
    stop = outcome;
    return this;
  }

  /** What the attempt's time is measured by; it stands still unless the test moves it. */
  public TestClock clock() {
    return clock;
  }

  /**
   * Runs the handler.
   *
   * @param payload written as JSON and read again as the worker reads it
   */
  public EndedAttempt run(Object payload) {
    return runJson(JsonMapper.shared().writeValueAsString(payload));
  }

  /**
   * Runs the handler.
   *
   * @param json the payload as it is submitted
   */
  public EndedAttempt runJson(String json) {
    TestContext context =
        new TestContext(number, clock, clock.instant().plus(timeout), checkpoint, stopAt);
    Outcome outcome;
    try {
      outcome = handler.run(json.getBytes(StandardCharsets.UTF_8), context);
    } catch (InterruptedException interrupted) {
      outcome = Outcome.fail("The attempt was interrupted.");
    }
    // The worker's next attempt on this thread would not be interrupted, nor should the test be.
    boolean _ = Thread.interrupted();
    return new EndedAttempt(
        context.isCancelled() && stop != null ? stop : outcome,
        context.progress(),
        context.checkpoint());
  }
}

package io.legwork.handler.testing;

import io.legwork.handler.TaskContext;
import io.legwork.handler.runtime.Checkpoints;
import io.legwork.handler.testing.EndedAttempt.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a handler under test sees of its task. {@link TestAttempt} makes one; a test of a part that
 * only asks for a {@link TaskContext} makes its own. Thread-safe.
 */
public final class TestContext implements TaskContext {

  /** The id of the task. */
  public static final String TASK = "01941f29-7c00-7000-8000-000000000001";

  /** The trace it was submitted in. */
  public static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final Duration TIME_ENOUGH = Duration.ofMinutes(5);

  private final int number;
  private final TestClock clock;
  private final Instant deadline;
  private final int stopAt;
  private final Thread handler = Thread.currentThread();
  private final List<Progress> progress = new CopyOnWriteArrayList<>();
  private volatile byte @Nullable [] checkpoint;
  private volatile boolean stopped;

  TestContext(
      int number, TestClock clock, Instant deadline, byte @Nullable [] checkpoint, int stopAt) {
    this.number = number;
    this.clock = clock;
    this.deadline = deadline;
    this.checkpoint = checkpoint;
    this.stopAt = stopAt;
    stopIfDue(0);
  }

  /** The first attempt, with five minutes' time. */
  public static TestContext first() {
    return of(1, TIME_ENOUGH);
  }

  /** The attempt of that number, which is its fencing token, with five minutes' time. */
  public static TestContext number(int attempt) {
    return of(attempt, TIME_ENOUGH);
  }

  /** The first attempt, with that much time; the clock stands still. */
  public static TestContext with(Duration remaining) {
    return of(1, remaining);
  }

  private static TestContext of(int number, Duration remaining) {
    TestClock clock = new TestClock(TestAttempt.START);
    return new TestContext(number, clock, clock.instant().plus(remaining), null, Integer.MAX_VALUE);
  }

  /** All that was told, in order. */
  public List<Progress> progress() {
    return progress;
  }

  byte @Nullable [] checkpoint() {
    return checkpoint;
  }

  private void stopIfDue(int percent) {
    if (percent >= stopAt && !stopped) {
      stopped = true;
      handler.interrupt();
    }
  }

  @Override
  public String taskId() {
    return TASK;
  }

  @Override
  public String tenant() {
    return "default";
  }

  @Override
  public String type() {
    return "test";
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.of(TRACEPARENT);
  }

  @Override
  public int attempt() {
    return number;
  }

  @Override
  public int maxAttempts() {
    return Math.max(5, number);
  }

  @Override
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  @Override
  public void progress(int percent, String message) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent must be from 0 to 100: " + percent);
    }
    if (!stopped) {
      progress.add(new Progress(percent, message));
      stopIfDue(percent);
    }
  }

  @Override
  public void checkpoint(Object value) {
    byte[] written = Checkpoints.write(value);
    if (stopped) {
      throw new CancellationException("The attempt is over; the checkpoint was not kept.");
    }
    checkpoint = written;
  }

  @Override
  public <T> Optional<T> lastCheckpoint(Class<T> type) {
    byte[] last = checkpoint;
    return last == null ? Optional.empty() : Optional.of(Checkpoints.read(last, type));
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("task.test");
  }

  @Override
  public boolean isCancelled() {
    return stopped;
  }
}

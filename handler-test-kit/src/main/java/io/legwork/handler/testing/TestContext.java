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

/** What a handler under test sees of its task. */
final class TestContext implements TaskContext {

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

  List<Progress> progress() {
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
    return "01941f29-7c00-7000-8000-000000000001";
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

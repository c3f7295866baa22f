package io.legwork.worker;

import io.legwork.handler.TaskContext;
import io.legwork.handler.runtime.Checkpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The first attempt of a task, with time enough, unless said otherwise. */
public final class AnAttempt implements TaskContext {

  public static final String TASK = "01890a5d-ac96-774b-bcce-b302099a8057";

  private final int attempt;
  private final Duration remaining;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile byte @Nullable [] kept;

  private AnAttempt(int attempt, Duration remaining) {
    this.attempt = attempt;
    this.remaining = remaining;
  }

  public static AnAttempt first() {
    return new AnAttempt(1, Duration.ofMinutes(1));
  }

  public static AnAttempt number(int attempt) {
    return new AnAttempt(attempt, Duration.ofMinutes(1));
  }

  public static AnAttempt with(Duration remaining) {
    return new AnAttempt(1, remaining);
  }

  /** The progress that was told, as "40 message". */
  public List<String> told() {
    return told;
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
  public int attempt() {
    return attempt;
  }

  @Override
  public int maxAttempts() {
    return 5;
  }

  @Override
  public Duration remaining() {
    return remaining;
  }

  @Override
  public Instant deadline() {
    return Instant.now().plus(remaining);
  }

  @Override
  public void progress(int percent, String message) {
    told.add(percent + " " + message);
  }

  @Override
  public void checkpoint(Object value) {
    kept = Checkpoints.write(value);
  }

  @Override
  public <T> Optional<T> lastCheckpoint(Class<T> type) {
    byte[] last = kept;
    return last == null ? Optional.empty() : Optional.of(Checkpoints.read(last, type));
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("test");
  }

  @Override
  public boolean isCancelled() {
    return false;
  }
}

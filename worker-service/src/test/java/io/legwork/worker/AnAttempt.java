package io.legwork.worker;

import io.legwork.handler.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The first attempt of a task, with time enough, unless said otherwise. */
public record AnAttempt(int attempt, Duration remaining) implements TaskContext {

  public static final String TASK = "01890a5d-ac96-774b-bcce-b302099a8057";

  public static AnAttempt first() {
    return new AnAttempt(1, Duration.ofMinutes(1));
  }

  public static AnAttempt number(int attempt) {
    return new AnAttempt(attempt, Duration.ofMinutes(1));
  }

  public static AnAttempt with(Duration remaining) {
    return new AnAttempt(1, remaining);
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
  public int maxAttempts() {
    return 5;
  }

  @Override
  public Instant deadline() {
    return Instant.now().plus(remaining);
  }

  @Override
  public void progress(int percent, String message) {}

  @Override
  public void checkpoint(Object value) {}

  @Override
  public <T> Optional<T> lastCheckpoint(Class<T> type) {
    return Optional.empty();
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

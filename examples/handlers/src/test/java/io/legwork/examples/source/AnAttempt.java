package io.legwork.examples.source;

import io.legwork.handler.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The first attempt of a task. */
public record AnAttempt(Duration remaining) implements TaskContext {

  public static AnAttempt withTimeEnough() {
    return new AnAttempt(Duration.ofSeconds(20));
  }

  @Override
  public String taskId() {
    return "01890a5d-ac96-774b-bcce-b302099a8057";
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
    return 1;
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

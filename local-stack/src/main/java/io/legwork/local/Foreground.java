package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs a program on our terminal. */
final class Foreground {

  private Foreground() {}

  /** Returns the exit code of the program. */
  static int run(List<String> command) {
    return run(command, Map.of());
  }

  /**
   * Like {@link #run(List)}.
   *
   * @param secrets environment variables, which nobody else can read
   */
  static int run(List<String> command, Map<String, String> secrets) {
    try {
      var builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(secrets);
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new LocalStackException("`%s` could not be run.".formatted(command.getFirst()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted.", e);
    }
  }
}

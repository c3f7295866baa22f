package io.legwork.local;

import java.io.IOException;
import java.util.List;

/** Runs a program on our terminal. */
final class Foreground {

  private Foreground() {}

  /** Returns the exit code of the program. */
  static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LocalStackException("`%s` could not be run.".formatted(command.getFirst()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted.", e);
    }
  }
}

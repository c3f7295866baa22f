package io.legwork.local.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands. */
public final class Shell {

  private static final long LIMIT_SECONDS = 120;

  private Shell() {}

  /** Sends a signal to processes; those that have ended meanwhile are passed over. */
  public static void signal(String name, List<Long> pids) {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(pid.toString()));
    attempt(command);
  }

  /** Runs a command that must succeed. */
  public static void run(List<String> command) {
    int code = attempt(command);
    if (code != 0) {
      throw new IllegalStateException("`%s` ended with %d".formatted(command, code));
    }
  }

  private static int attempt(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("`%s` did not end".formatted(command));
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}

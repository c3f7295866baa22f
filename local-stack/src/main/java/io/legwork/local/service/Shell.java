package io.legwork.local.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /** Runs a command that must succeed; returns what it printed, errors included. */
  public static String output(List<String> command) {
    try {
      var file = Files.createTempFile("legwork-", ".out");
      try {
        int code = attempt(command, ProcessBuilder.Redirect.to(file.toFile()));
        String printed = Files.readString(file);
        if (code != 0) {
          throw new IllegalStateException(
              "`%s` ended with %d: %s".formatted(command, code, printed));
        }
        return printed;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int attempt(List<String> command) {
    return attempt(command, ProcessBuilder.Redirect.DISCARD);
  }

  private static int attempt(List<String> command, ProcessBuilder.Redirect output) {
    try {
      var process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
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

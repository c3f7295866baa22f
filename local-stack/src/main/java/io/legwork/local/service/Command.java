package io.legwork.local.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that runs to its end within a bounded time. */
public final class Command {

  private static final int TIMED_OUT = 124;
  private static final int NOT_RUN = 127;

  /** What a command printed, on both streams, and how it ended. */
  public record Result(int exitCode, String output) {

    /** Whether it exited with 0. */
    public boolean succeeded() {
      return exitCode == 0;
    }

    /** Whether it came to an end of its own, good or bad. */
    public boolean ended() {
      return exitCode != TIMED_OUT && exitCode != NOT_RUN;
    }
  }

  private final ProcessBuilder builder;

  /** The command with its arguments. */
  public Command(String... command) {
    this(List.of(command));
  }

  /** The same. */
  public Command(List<String> command) {
    builder = new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Sets all environment variables; without it they are those of this process. */
  public Command environment(Map<String, String> environment) {
    builder.environment().clear();
    builder.environment().putAll(environment);
    return this;
  }

  /** Runs the command; fails with what it printed unless it exits with 0. */
  public String run(Duration limit) {
    var result = attempt(limit);
    if (!result.succeeded()) {
      throw new LocalStackException(
          "`%s` ended with %d: %s"
              .formatted(
                  String.join(" ", builder.command()), result.exitCode(), result.output().strip()));
    }
    return result.output();
  }

  /** Runs the command and returns how it ended; a command that cannot be run ends with 127. */
  public Result attempt(Duration limit) {
    try {
      var output = Files.createTempFile("legwork-", ".out");
      try {
        return run(limit, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Result(NOT_RUN, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while running " + builder.command(), e);
    }
  }

  /** The output goes to a file: a child that lives on cannot keep us waiting for its end. */
  private Result run(Duration limit, Path output) throws IOException, InterruptedException {
    var process = builder.redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return new Result(TIMED_OUT, "no end within " + limit.toSeconds() + " s");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}

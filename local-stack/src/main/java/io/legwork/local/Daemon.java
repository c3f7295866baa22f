package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One long-running process, known by a file that holds its id and when it started. Whoever has the
 * file can supervise it, also from another JVM; a signal is sent only to that very process, never
 * to another one that was given its id later.
 */
final class Daemon {

  private final String name;
  private final Path pidFile;

  Daemon(String name, Path pidFile) {
    this.name = name;
    this.pidFile = pidFile;
  }

  String name() {
    return name;
  }

  /** Starts the process and records it. */
  void start(Launch launch) {
    if (isRunning()) {
      throw new IllegalStateException(name + " is already running");
    }
    try {
      record(launch.start().pid());
    } catch (IOException e) {
      throw new LocalStackException(
          "%s could not be started (%s).".formatted(name, e.getMessage()), e);
    }
  }

  /** Takes charge of a process that runs already. */
  void record(long pid) {
    ProcessIdentity.of(pid)
        .ifPresent(
            process -> Folders.write(pidFile, process.pid() + " " + process.started() + "\n"));
  }

  /** The recorded process, if it is still running. */
  Optional<ProcessIdentity> running() {
    return recorded().filter(ProcessIdentity::isAlive);
  }

  boolean isRunning() {
    return running().isPresent();
  }

  /** Sends the signal, waits for the end, and kills what outlives the grace period. */
  void stop(Signal signal, Duration grace) {
    running().ifPresent(process -> signal.sendTo(process.pid()));
    if (!awaitEnd(grace)) {
      running().ifPresent(process -> Signal.KILL.sendTo(process.pid()));
      awaitEnd(Duration.ofSeconds(5));
    }
    forget();
  }

  private boolean awaitEnd(Duration limit) {
    return Readiness.within(limit, () -> !isRunning());
  }

  private Optional<ProcessIdentity> recorded() {
    try {
      var parts = Files.readString(pidFile).strip().split(" ", 2);
      return parts.length == 2
          ? Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts[1]))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

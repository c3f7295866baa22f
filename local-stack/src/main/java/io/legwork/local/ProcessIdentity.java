package io.legwork.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one that was given the same id, by the moment it started. A process
 * that has ended but was not yet collected by its parent counts as gone.
 */
record ProcessIdentity(long pid, String started) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** The identity of the process that has this id now. */
  static Optional<ProcessIdentity> of(long pid) {
    return started(pid).map(started -> new ProcessIdentity(pid, started));
  }

  /** Whether the process is still there, and still the same. */
  boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  private static Optional<String> started(long pid) {
    return Files.exists(BOOT) ? startedAccordingToKernel(pid) : startedAccordingToJvm(pid);
  }

  /** Ticks since boot, which no correction of the clock changes. */
  private static Optional<String> startedAccordingToKernel(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if ("Z".equals(fields[STATE]) || "X".equals(fields[STATE])) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(BOOT).strip() + ":" + fields[START_TICKS]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> startedAccordingToJvm(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().startInstant().map(Object::toString).orElse("unknown"));
  }
}

package io.legwork.worker.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program with all the processes it has started, also those that have left it for a session of
 * their own or whose parent is gone: every one of them inherits a variable by which it is known,
 * which Linux shows in /proc. Elsewhere, and for a process that drops its variables, only the line
 * of descent tells.
 */
final class ProcessTree {

  /** The variable that marks a program and all it starts. */
  static final String MARK = "LEGWORK_RUN";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
  private static final Path PROC = Path.of("/proc");
  private static final long LONGEST_KILL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Process process;
  private final byte[] mark;

  /**
   * @param run the value of {@link #MARK} that the program was started with
   */
  ProcessTree(Process process, UUID run) {
    this.process = process;
    this.mark = (MARK + "=" + run).getBytes(StandardCharsets.UTF_8);
  }

  /** Kills all of it, over and over while it goes on starting processes, for up to a second. */
  void kill() {
    Map<Long, ProcessHandle> seen = new HashMap<>();
    long end = System.nanoTime() + LONGEST_KILL_NANOS;
    do {
      Stream.concat(descent(), marked(0)).forEach(member -> seen.put(member.pid(), member));
      seen.values().removeIf(member -> !isRunning(member));
      seen.values().forEach(ProcessHandle::destroyForcibly);
      if (seen.isEmpty()) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() < end);
    LOG.atWarn()
        .addKeyValue("processes", seen.keySet())
        .log("exec.survivors: these processes of a program cannot be killed");
  }

  /**
   * Kills what a program has left behind that has ended.
   *
   * @return whether there was anything
   */
  boolean killWhatIsLeft() {
    if (marked(firstToLookAt()).findAny().isEmpty()) {
      return false;
    }
    kill();
    return true;
  }

  private Stream<ProcessHandle> descent() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  /** Children have higher numbers than the program, unless the numbers have begun anew since. */
  private long firstToLookAt() {
    try {
      String load = Files.readString(PROC.resolve("loadavg")).strip();
      long latest = Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
      return latest >= process.pid() ? process.pid() + 1 : 0;
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  private Stream<ProcessHandle> marked(long first) {
    if (!Files.isDirectory(PROC)) {
      return Stream.empty();
    }
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid >= first && isMarked(entry)) {
          Optional<ProcessHandle> handle = ProcessHandle.of(pid);
          handle.ifPresent(found::add);
        }
      }
    } catch (IOException unreadable) {
      LOG.atDebug().addKeyValue("reason", unreadable.getMessage()).log("exec.proc_unreadable");
    }
    return found.stream();
  }

  /**
   * A process that has ended has no variables any more, even if nobody has taken note of its end.
   */
  private boolean isMarked(Path entry) {
    try {
      return contains(Files.readAllBytes(entry.resolve("environ")), mark);
    } catch (IOException goneOrSomebodyElses) {
      return false;
    }
  }

  private boolean isRunning(ProcessHandle member) {
    if (!member.isAlive()) {
      return false;
    }
    Path entry = PROC.resolve(String.valueOf(member.pid()));
    return !Files.isDirectory(PROC) || isMarked(entry) || !isZombie(entry);
  }

  private static boolean isZombie(Path entry) {
    try {
      String status = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      return status.startsWith(") Z", status.lastIndexOf(')'));
    } catch (IOException gone) {
      return true;
    }
  }

  private static boolean contains(byte[] variables, byte[] wanted) {
    int start = 0;
    for (int i = 0; i <= variables.length; i++) {
      if (i == variables.length || variables[i] == 0) {
        if (i - start == wanted.length
            && Arrays.equals(variables, start, i, wanted, 0, wanted.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}

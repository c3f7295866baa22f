package io.legwork.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells of processes in {@code /proc}. */
public final class Proc {

  private static final Path ROOT = Path.of("/proc");

  /** {@code USER_HZ}, which every Linux of today has at 100. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final long BYTES_PER_PAGE = 4_096;

  private Proc() {}

  /**
   * One process at one moment.
   *
   * @param cpuMicros processor time of its own, in steps of 10 ms
   * @param endedMicros processor time of its children that have ended
   * @param rssBytes memory that it has in RAM
   */
  public record Usage(long cpuMicros, long endedMicros, long rssBytes) {

    /** Reads a line of {@code /proc/<pid>/stat}. */
    static Usage parse(String stat) {
      // The name comes second, in parentheses, and may contain anything, blanks and parentheses
      // too.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new Usage(
          MICROS_PER_TICK * (number(fields, 14) + number(fields, 15)),
          MICROS_PER_TICK * (number(fields, 16) + number(fields, 17)),
          BYTES_PER_PAGE * number(fields, 24));
    }

    /** Fields are counted as in the manual of proc(5), where the state is the third. */
    private static long number(String[] fields, int field) {
      return Long.parseLong(fields[field - 3]);
    }
  }

  /** Fails with what to do where there is no {@code /proc}. */
  public static void require() {
    if (Files.notExists(ROOT.resolve("self/stat"))) {
      throw new IllegalStateException(
          "There is no /proc here, from which the benchmark reads what processes cost; run it on"
              + " Linux.");
    }
  }

  /** What a process uses; empty if it has ended. */
  public static Optional<Usage> usage(long pid) {
    return read(pid, "stat").map(Usage::parse);
  }

  /** How many file descriptors a process has open; 0 if it has ended. */
  public static long openFiles(long pid) {
    try (Stream<Path> files = Files.list(ROOT.resolve(Long.toString(pid)).resolve("fd"))) {
      return files.count();
    } catch (IOException ended) {
      return 0;
    }
  }

  /** The processor time of a process and of all its children, those that have ended too. */
  public static long familyMicros(long pid) {
    long own = usage(pid).map(usage -> usage.cpuMicros() + usage.endedMicros()).orElse(0L);
    long children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(child -> usage(child.pid()).map(Usage::cpuMicros).orElse(0L))
            .sum();
    return own + children;
  }

  private static Optional<String> read(long pid, String file) {
    try {
      return Optional.of(Files.readString(ROOT.resolve(Long.toString(pid)).resolve(file)));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}

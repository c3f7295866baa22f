package io.legwork.worker.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What the operating system is asked to bound for a program and each process it starts; needs
 * {@code prlimit} of util-linux.
 *
 * @param memory the address space of a process
 * @param cpu the processor time of a process, in whole seconds
 * @param fileSize the size of a file that is written
 * @param openFiles how many files a process may have open
 */
public record ProgramLimits(
    @Nullable DataSize memory,
    @Nullable Duration cpu,
    @Nullable DataSize fileSize,
    @Nullable Integer openFiles) {

  /** The command that starts the program under these limits, to be put before it. */
  List<String> prefix(Path prlimit) {
    List<String> prefix = new ArrayList<>();
    prefix.add(prlimit.toString());
    if (memory != null) {
      prefix.add("--as=" + memory.toBytes());
    }
    if (cpu != null) {
      prefix.add("--cpu=" + Math.max(1, cpu.toSeconds()));
    }
    if (fileSize != null) {
      prefix.add("--fsize=" + fileSize.toBytes());
    }
    if (openFiles != null) {
      prefix.add("--nofile=" + openFiles);
    }
    prefix.add("--");
    return prefix;
  }

  /** Where {@code prlimit} is on this system, if it has it. */
  static Optional<Path> prlimit(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "prlimit");
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}

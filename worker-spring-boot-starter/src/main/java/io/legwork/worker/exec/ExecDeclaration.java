package io.legwork.worker.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a type are run by a program.
 *
 * @param command the program and its arguments, as they are: no shell reads them. What starts with
 *     {@code ./} is looked for beside the declaration
 * @param environment the names of the worker's variables that the program gets, or {@code
 *     NAME=value}; {@code PATH, LANG} and {@code TZ} when left out. Nothing else is handed on
 * @param exitCodes what an exit code means, for those that mean something else than usual
 * @param output how many bytes standard output may have, 1 MiB when left out, and at most
 * @param limits what the operating system is asked to bound, or null for nothing
 */
public record ExecDeclaration(
    List<String> command,
    @Nullable List<String> environment,
    @Nullable Map<Integer, Meaning> exitCodes,
    @Nullable Integer output,
    @Nullable ProgramLimits limits) {

  /** As many as the largest result has. */
  static final int MOST_OUTPUT = 1024 * 1024;

  private static final List<String> USUAL = List.of("PATH", "LANG", "TZ");

  /** What an exit code means for the task. */
  public enum Meaning {
    /** It is done. */
    SUCCESS,
    /** It is tried again while it has attempts left. */
    RETRY,
    /** It failed for good. */
    PERMANENT
  }

  /** Refuses what cannot be run. */
  @SuppressWarnings("ConstantValue") // A declaration's missing fields arrive as null.
  public ExecDeclaration {
    if (command == null || command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("command must be a list that begins with a program");
    }
    if (output != null && (output < 0 || output > MOST_OUTPUT)) {
      throw new IllegalArgumentException("output must be from 0 to " + MOST_OUTPUT + " bytes");
    }
    command = List.copyOf(command);
  }

  /** The program and its arguments with the paths resolved. */
  List<String> command(Path folder) {
    return command.stream()
        .map(part -> part.startsWith("./") ? folder.resolve(part).normalize().toString() : part)
        .toList();
  }

  /** The variables that the program gets from the worker's. */
  Map<String, String> environment(Map<String, String> worker) {
    Map<String, String> variables = new TreeMap<>();
    for (String entry : environment == null ? USUAL : environment) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      } else if (worker.containsKey(entry)) {
        variables.put(entry, worker.get(entry));
      }
    }
    return variables;
  }

  int mostOutput() {
    return output == null ? MOST_OUTPUT : output;
  }

  /**
   * What an exit code means. Unless declared otherwise 0 is success and 75 (EX_TEMPFAIL of
   * sysexits.h) is worth another attempt, as are 137 and 143: somebody killed or stopped the
   * program. All others are permanent.
   */
  Meaning meaningOf(int exitCode) {
    Meaning declared = exitCodes == null ? null : exitCodes.get(exitCode);
    if (declared != null) {
      return declared;
    }
    return switch (exitCode) {
      case 0 -> Meaning.SUCCESS;
      case 75, 137, 143 -> Meaning.RETRY;
      default -> Meaning.PERMANENT;
    };
  }
}

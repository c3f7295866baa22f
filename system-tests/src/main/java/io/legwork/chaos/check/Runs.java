package io.legwork.chaos.check;

import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.Execution.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was really executed of one task.
 *
 * @param lines in the order of time
 */
record Runs(List<Execution> lines) {

  static final Runs NONE = new Runs(List.of());

  List<Execution> starts() {
    return lines.stream().filter(line -> line.phase() == Phase.START).toList();
  }

  Set<Integer> attempts() {
    return starts().stream().map(Execution::attempt).collect(Collectors.toSet());
  }

  /** Whether an attempt came to its own end in one of these ways. */
  boolean ended(int attempt, Phase phase) {
    return lines.stream().anyMatch(line -> line.attempt() == attempt && line.phase() == phase);
  }

  /**
   * How many executions there were that had to be no more than a repetition: those that began after
   * an earlier attempt had begun and not failed.
   */
  long duplicates() {
    return starts().stream().filter(this::isDuplicate).count();
  }

  private boolean isDuplicate(Execution start) {
    return starts().stream()
        .anyMatch(earlier ->
            earlier.attempt() < start.attempt() && !ended(earlier.attempt(), Phase.FAILURE));
  }
}

package io.legwork.chaos.check;

import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.Execution.Phase;
import io.legwork.chaos.history.FaultNote;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fault, and how soon after it the system worked again.
 *
 * @param at seconds after the first fault's beginning
 * @param lastedMillis from its beginning until it was healed
 * @param acceptedMillis from its healing until the next task was accepted, or -1
 * @param doneMillis from its healing until a handler had next succeeded, or -1
 */
public record Recovery(
    String fault,
    String detail,
    double at,
    long lastedMillis,
    long acceptedMillis,
    long doneMillis) {

  static List<Recovery> of(Evidence evidence) {
    var accepted = new TreeSet<>(evidence.acceptances().stream().map(Completion::at).toList());
    var done = new TreeSet<Long>();
    evidence.runs().values().stream()
        .flatMap(runs -> runs.lines().stream())
        .filter(line -> line.phase() == Phase.SUCCESS)
        .map(Execution::at)
        .forEach(done::add);
    var injected =
        evidence.faults().stream()
            .filter(note -> note.phase() == FaultNote.Phase.INJECTED)
            .toList();
    var recoveries = new ArrayList<Recovery>();
    for (FaultNote fault : injected) {
      var healed = healing(evidence.faults(), fault);
      if (healed != null) {
        recoveries.add(
            new Recovery(
                fault.fault(),
                healed.detail(),
                (fault.at() - injected.getFirst().at()) / 1e6,
                (healed.at() - fault.at()) / 1000,
                millisUntil(healed.at(), accepted.ceiling(healed.at())),
                millisUntil(healed.at(), done.ceiling(healed.at()))));
      }
    }
    return recoveries;
  }

  private static @Nullable FaultNote healing(List<FaultNote> notes, FaultNote injected) {
    return notes.stream()
        .filter(note -> note.phase() == FaultNote.Phase.HEALED)
        .filter(note -> note.number() == injected.number())
        .findFirst()
        .orElse(null);
  }

  private static long millisUntil(long from, @Nullable Long until) {
    return until == null ? -1 : (until - from) / 1000;
  }
}

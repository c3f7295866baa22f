package io.legwork.chaos;

import io.legwork.chaos.check.Judgement;
import io.legwork.chaos.check.Judgement.Finding;
import io.legwork.chaos.check.Recovery;
import io.legwork.chaos.check.Totals;
import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.FaultNote;
import io.legwork.chaos.history.History;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Tells what the checker has found. */
final class Report {

  private static final int MOST_SHOWN = 10;

  private final Formatter out = new Formatter(Locale.ROOT);

  private Report() {}

  /** The report, for people. */
  static String of(Judgement judgement, History history) {
    var report = new Report();
    report.recoveries(judgement.recoveries());
    report.restarts(history.all(FaultNote.class));
    history.all(Ending.class).forEach(report::resources);
    report.totals(judgement.totals());
    report.findings(judgement.findings());
    report.verdict(judgement, history);
    return report.out.toString();
  }

  private void verdict(Judgement judgement, History history) {
    var verdict =
        judgement.isGreen()
            ? "GREEN: all %d invariants held.".formatted(judgement.findings().size())
            : "RED: broken: " + String.join(", ", judgement.broken()) + ".";
    out.format("%n%s%nHistories and logs are in %s.", verdict, history.folder());
  }

  private void recoveries(List<Recovery> recoveries) {
    out.format("%n");
    out.format(
        "%8s  %-42s %9s %12s %10s  %s%n", "at s", "fault", "lasted", "accepted +", "done +", "");
    for (Recovery recovery : recoveries) {
      out.format(
          "%8.1f  %-42s %6d ms %9d ms %7d ms  %s%n",
          recovery.at(),
          recovery.fault(),
          recovery.lastedMillis(),
          recovery.acceptedMillis(),
          recovery.doneMillis(),
          recovery.detail());
    }
    out.format("(from the healing until a task was next accepted, and until one was next done)%n");
  }

  private void restarts(List<FaultNote> notes) {
    long restarts =
        notes.stream().filter(note -> note.phase() == FaultNote.Phase.RESTARTED).count();
    out.format("%n");
    out.format("%d processes had ended and were started again.%n", restarts);
  }

  private void resources(Ending ending) {
    out.format("%n");
    out.format("%-40s %8s %8s%n", "held at rest", "before", "after");
    for (Ending.Resource resource : ending.resources()) {
      out.format("%-40s %8.0f %8.0f%n", resource.name(), resource.before(), resource.after());
    }
    out.format("%n");
    out.format("At rest %.1f s after the last heal.%n", ending.quietAfterMillis() / 1e3);
  }

  private void totals(Totals totals) {
    out.format("%n");
    out.format(
        "%d calls: %d tasks accepted, %d refused, %d of unknown outcome; ended as %s%n",
        totals.calls(), totals.accepted(), totals.refused(), totals.unknown(), totals.states());
    out.format(
        "%d executions, of which %d (%.2f %%) repeated one that had not failed;"
            + " %d attempts were charged but never started%n",
        totals.executions(),
        totals.duplicates(),
        100.0 * totals.duplicates() / Math.max(1, totals.executions()),
        totals.chargedUnstarted());
    ids("lost", totals.lost());
    ids("duplicated", totals.duplicated());
    ids("unexpected", totals.unexpected());
    ids("unaccounted", totals.unaccounted());
  }

  private void ids(String what, List<String> ids) {
    out.format("  %-12s %6d  %s%n", what, ids.size(), ids.stream().limit(MOST_SHOWN).toList());
  }

  private void findings(List<Finding> findings) {
    out.format("%n");
    for (Finding finding : findings) {
      out.format(
          "%-5s %-26s %s%n",
          finding.holds() ? "ok" : "RED", finding.invariant(), finding.sentence());
      finding.violations().stream()
          .limit(MOST_SHOWN)
          .forEach(
              violation -> out.format("        %s: %s%n", violation.subject(), violation.what()));
      int more = finding.violations().size() - MOST_SHOWN;
      if (more > 0) {
        out.format("        and %d more%n", more);
      }
    }
  }
}

package io.legwork.chaos.check;

import java.util.List;

/** What the checker has found. */
public record Judgement(List<Finding> findings, Totals totals, List<Recovery> recoveries) {

  /** An invariant and where it was broken. */
  public record Finding(String invariant, String sentence, List<Violation> violations) {

    /** Takes a copy. */
    public Finding {
      violations = List.copyOf(violations);
    }

    /** Whether the invariant held. */
    public boolean holds() {
      return violations.isEmpty();
    }
  }

  /** Takes copies. */
  public Judgement {
    findings = List.copyOf(findings);
    recoveries = List.copyOf(recoveries);
  }

  /** Whether every invariant held. */
  public boolean isGreen() {
    return findings.stream().allMatch(Finding::holds);
  }

  /** The names of the invariants that were broken. */
  public List<String> broken() {
    return findings.stream().filter(finding -> !finding.holds()).map(Finding::invariant).toList();
  }
}

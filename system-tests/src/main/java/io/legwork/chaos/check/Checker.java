package io.legwork.chaos.check;

import io.legwork.chaos.history.History;
import java.util.List;

/** Holds the histories of a run against every invariant. */
public final class Checker {

  static final List<Invariant> INVARIANTS =
      List.of(
          new NoLoss(),
          new UnknownIsBinary(),
          new NoPhantom(),
          new RefusedIsRefused(),
          new OneTaskPerKey(),
          new DurableAcceptance(),
          new Executed(),
          new OneResult(),
          new MonotoneReads(),
          new LegalMoves(),
          new LeaseFence(),
          new AttemptsBounded(),
          new Conservation(),
          new NoOrphan(),
          new Told(),
          new NoLie(),
          new OneMessage(),
          new GapFreeStream(),
          new OrderPerTask(),
          new CancelledStaysCancelled(),
          new NotBeforeItsTime(),
          new FewDuplicates(),
          new Quiescence(),
          new NoLeak());

  private Checker() {}

  /** Decides on the histories of a finished run. */
  public static Judgement judge(History history) {
    var evidence = Evidence.of(history);
    var findings =
        INVARIANTS.stream()
            .map(invariant ->
                new Judgement.Finding(
                    invariant.name(),
                    invariant.sentence(),
                    invariant.violations(evidence).distinct().toList()))
            .toList();
    return new Judgement(findings, Totals.of(evidence), Recovery.of(evidence));
  }
}

package io.legwork.chaos.check;

import io.legwork.chaos.history.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Invariant 9: reads never go backwards. */
final class MonotoneReads implements Invariant {

  @Override
  public String name() {
    return "monotone reads";
  }

  @Override
  public String sentence() {
    return "Nobody sees a task go back in time.";
  }

  /** Enough for every step that a task can take within one attempt. */
  private static final int STEPS = 8;

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.reads().values().stream().flatMap(MonotoneReads::backwards);
  }

  /** Reads that overlap may be answered in either order; those that follow each other may not. */
  private static Stream<Violation> backwards(List<Read> reads) {
    var found = new ArrayList<Violation>();
    var known = reads.stream().filter(read -> !read.state().isEmpty()).toList();
    for (Read later : known) {
      known.stream()
          .filter(earlier -> earlier.until() < later.from())
          .filter(earlier -> version(earlier) > version(later))
          .findFirst()
          .ifPresent(earlier -> found.add(violation(earlier, later)));
    }
    return found.stream();
  }

  private static Violation violation(Read earlier, Read later) {
    return new Violation(
        later.task(),
        "was %s (%d attempts), later %s (%d)"
            .formatted(earlier.state(), earlier.attempts(), later.state(), later.attempts()));
  }

  private static int version(Read read) {
    int step =
        switch (read.state()) {
          case "SCHEDULED" -> 0;
          case "RUNNING" -> 1;
          case "RETRYING" -> 2;
          case "QUEUED" -> 3;
          default -> 4;
        };
    return read.attempts() * STEPS + step;
  }
}

package io.legwork.chaos.check;

import java.util.List;
import java.util.stream.Stream;

/** Invariant 6: 202 means that the task is there. */
final class DurableAcceptance implements Invariant {

  private static final int NOT_FOUND = 404;

  @Override
  public String name() {
    return "durable acceptance";
  }

  @Override
  public String sentence() {
    return "A task that was accepted can be read from then on.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.reads().values().stream()
        .flatMap(List::stream)
        .filter(read -> read.status() == NOT_FOUND)
        .map(read -> new Violation(read.task(), "accepted, but read as not found"));
  }
}

package io.legwork.chaos.check;

import io.legwork.chaos.history.Read;
import java.util.List;
import java.util.stream.Stream;

/** Invariant 8: one effective outcome. */
final class OneResult implements Invariant {

  @Override
  public String name() {
    return "one result";
  }

  @Override
  public String sentence() {
    return "An end is written once: whoever looks later sees the same, byte by byte.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.reads().entrySet().stream()
        .filter(entry -> ends(evidence, entry.getKey(), entry.getValue()) > 1)
        .map(entry -> new Violation(entry.getKey(), "was seen to end in more than one way"));
  }

  private static long ends(Evidence evidence, String id, List<Read> reads) {
    var task = evidence.tasks().get(id);
    var last = task != null && task.isTerminal() ? Stream.of(task.digest()) : Stream.<String>of();
    var seen = reads.stream().map(Read::digest).filter(digest -> !digest.isEmpty());
    return Stream.concat(seen, last).distinct().count();
  }
}

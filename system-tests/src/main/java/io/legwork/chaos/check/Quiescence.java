package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 25: recovery is bounded. */
final class Quiescence implements Invariant {

  private static final long LIMIT_MILLIS = 60_000;

  @Override
  public String name() {
    return "bounded wait";
  }

  @Override
  public String sentence() {
    return "Once the last fault is healed, everything is done within 60 s.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    if (evidence.endings().isEmpty()) {
      return Stream.of(new Violation("the run", "did not get to its end"));
    }
    return evidence.endings().stream()
        .filter(ending -> ending.quietAfterMillis() < 0 || ending.quietAfterMillis() > LIMIT_MILLIS)
        .map(ending -> new Violation("the run", told(ending.quietAfterMillis())));
  }

  private static String told(long quietAfterMillis) {
    return quietAfterMillis < 0 ? "never came to rest" : "took " + quietAfterMillis + " ms";
  }
}

package io.legwork.chaos.check;

import io.legwork.chaos.history.Ending.Resource;
import java.util.stream.Stream;

/** Invariant 26: faults leave nothing behind in the processes. */
final class NoLeak implements Invariant {

  @Override
  public String name() {
    return "bounded resources";
  }

  @Override
  public String sentence() {
    return "Heap, threads, file descriptors, connections and channels are back to what they were "
        + "before the faults.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.endings().stream()
        .flatMap(ending -> ending.resources().stream())
        .filter(Resource::isLeaked)
        .map(resource ->
            new Violation(
                resource.name(),
                "%.0f before, %.0f after %s"
                    .formatted(resource.before(), resource.after(), resource.growth())
                    .strip()));
  }
}

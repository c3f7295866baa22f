package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 14: nothing is left behind. */
final class NoOrphan implements Invariant {

  @Override
  public String name() {
    return "no orphan";
  }

  @Override
  public String sentence() {
    return "In the end no task is open, none is unaccounted for, and no queue holds a message.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.endings().stream()
        .flatMap(ending ->
            Stream.concat(
                ending.open().entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(entry ->
                        new Violation(entry.getKey(), entry.getValue() + " tasks or more")),
                ending.queues().entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(entry -> new Violation(entry.getKey(), entry.getValue() + " messages"))));
  }
}

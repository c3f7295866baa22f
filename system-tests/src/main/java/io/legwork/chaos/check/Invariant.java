package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Something that must be true of every run, whatever faults it had. */
interface Invariant {

  /** A short name. */
  String name();

  /** What must be true, in one sentence. */
  String sentence();

  /** Where it was not. */
  Stream<Violation> violations(Evidence evidence);
}

package io.legwork.producer.fields;

import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.time.Duration;

/**
 * How long a secret that is replaced stays valid beside the new one: the parameter {@code overlap}.
 */
public final class Overlap {

  private Overlap() {}

  /**
   * Reads it.
   *
   * @throws ProblemException if it is no duration, negative or longer than the longest
   */
  public static Duration read(String text, Duration longest) {
    return Durations.parsed(text)
        .filter(it -> !it.isNegative() && it.compareTo(longest) <= 0)
        .orElseThrow(() ->
            new ProblemException(
                Problem.of(
                    ProblemType.INVALID_PARAMETER,
                    new FieldError(
                        "must be a duration from 0s to " + Durations.write(longest),
                        Pointer.ROOT.child("overlap")))));
  }
}

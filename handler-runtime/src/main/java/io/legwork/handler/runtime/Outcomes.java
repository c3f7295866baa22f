package io.legwork.handler.runtime;

import io.legwork.handler.Outcome;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an attempt whose handler threw. The one place that decides it:
 *
 * <ul>
 *   <li>{@link InterruptedException} is no outcome: it is passed on, because only who interrupted
 *       the attempt (its timeout, a cancellation, the worker's stop) knows what it means.
 *   <li>{@link IllegalArgumentException}: the payload is at fault; failed for good.
 *   <li>Every other exception: failed, and tried again while attempts are left.
 *   <li>Every {@link Error} (a stack that overflowed, a class missing from the jar, memory used
 *       up): the same. Attempts are bounded, and the next may run on a healthier worker.
 *   <li>No outcome at all (null): the same.
 * </ul>
 *
 * <p>Reasons are kept with the task and shown to people, so they are cut to {@value #LONGEST}
 * characters and rid of control characters.
 */
public final class Outcomes {

  /** The longest reason that is kept, in characters. */
  public static final int LONGEST = 2000;

  private Outcomes() {}

  /**
   * Runs an attempt and says how it ended.
   *
   * @throws InterruptedException if the attempt was interrupted
   */
  @SuppressWarnings("CatchingThrowable") // A handler's Error must not take its neighbours along.
  public static Outcome of(Callable<@Nullable Outcome> attempt) throws InterruptedException {
    try {
      Outcome outcome = attempt.call();
      return outcome == null
          ? Outcome.fail("the handler returned null instead of an outcome")
          : tidied(outcome);
    } catch (InterruptedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      return Outcome.failPermanently(tidied(Objects.requireNonNullElse(e.getMessage(), name(e))));
    } catch (Throwable e) {
      return Outcome.fail(tidied(describe(e)));
    }
  }

  private static Outcome tidied(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _, Outcome.Snoozed _ -> outcome;
      case Outcome.Failed failed -> new Outcome.Failed(tidied(failed.reason()), failed.permanent());
      case Outcome.RetryAfter retry ->
          new Outcome.RetryAfter(retry.delay(), tidied(retry.reason()));
    };
  }

  private static String tidied(String reason) {
    String oneLine = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST - 1) + "…";
  }

  private static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    String itself = message == null ? name(thrown) : name(thrown) + ": " + message;
    Throwable root = root(thrown);
    return root.equals(thrown) || itself.contains(name(root)) ? itself : itself + " (" + root + ")";
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static String name(Throwable thrown) {
    return thrown.getClass().getSimpleName();
  }
}

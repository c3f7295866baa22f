package io.legwork.worker.execution;

import io.legwork.handler.Outcome;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides what a handler's outcome means for the task: whether another attempt follows, and when
 * (decision 4). Thread-safe.
 */
final class Verdict {

  /** The largest result that is kept, in bytes of JSON. */
  static final int LARGEST_RESULT = 1024 * 1024;

  private static final String TOO_LARGE =
      "The result has more than %,d bytes of JSON, which is the most that is kept. Store it elsewhere and return a link."
          .formatted(LARGEST_RESULT);

  private static final String UNWRITABLE = "The result cannot be written as JSON: ";

  private static final int LONGEST_REASON = 2000;

  /** Nothing bounds how often a task is snoozed, so it must not become a busy loop. */
  private static final Duration SHORTEST_SNOOZE = Duration.ofSeconds(1);

  private final JsonMapper json;
  private final Supplier<? extends RandomGenerator> random;
  private final ContentCipher contents;

  /**
   * @param json writes results
   * @param random chooses the backoff
   * @param contents seals the results of tasks whose payloads are sealed
   */
  Verdict(JsonMapper json, Supplier<? extends RandomGenerator> random, ContentCipher contents) {
    this.json = json;
    this.random = random;
    this.contents = contents;
  }

  AttemptOutcome of(ClaimedTask task, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded(Object result) -> succeeded(task, result);
      case Outcome.Failed(String reason, boolean permanent) ->
          permanent ? failed(task, reason, true) : retried(task, reason, backoff(task));
      case Outcome.RetryAfter(Duration delay, String reason) ->
          retried(task, reason, capped(delay));
      case Outcome.Snoozed(Duration delay) ->
          new AttemptOutcome.Snoozed(task.id(), task.attempt(), capped(atLeast(delay)));
    };
  }

  private AttemptOutcome succeeded(ClaimedTask task, @Nullable Object result) {
    if (result == null) {
      return new AttemptOutcome.Succeeded(task.id(), task.attempt(), null);
    }
    BoundedBytes written = new BoundedBytes(LARGEST_RESULT);
    try {
      json.writeValue(written, result);
      KeptJson kept =
          contents.keep(
              task.payload().isSealed(),
              Part.RESULT,
              task.id().value(),
              Json.of(written.toByteArray()));
      return new AttemptOutcome.Succeeded(task.id(), task.attempt(), kept);
    } catch (JacksonException unwritable) {
      return failed(
          task, written.isFull() ? TOO_LARGE : UNWRITABLE + unwritable.getOriginalMessage(), true);
    } catch (RuntimeException | Error broken) {
      // Whatever the result's own methods throw: an attempt that has ended has an outcome.
      return failed(task, UNWRITABLE + broken, true);
    }
  }

  private AttemptOutcome retried(ClaimedTask task, String reason, Duration delay) {
    return task.attemptOfRun() >= task.maxAttempts()
        ? failed(task, reason, false)
        : new AttemptOutcome.Retried(task.id(), task.attempt(), readable(reason), delay);
  }

  private static AttemptOutcome failed(ClaimedTask task, String reason, boolean permanent) {
    return new AttemptOutcome.Failed(task.id(), task.attempt(), readable(reason), permanent);
  }

  private Duration backoff(ClaimedTask task) {
    return task.retry().backoff(task.attemptOfRun(), random.get());
  }

  private static Duration atLeast(Duration delay) {
    return delay.compareTo(SHORTEST_SNOOZE) < 0 ? SHORTEST_SNOOZE : delay;
  }

  private static Duration capped(Duration delay) {
    return delay.compareTo(RetryPolicy.LONGEST) > 0 ? RetryPolicy.LONGEST : delay;
  }

  /** PostgreSQL stores no NUL; nobody reads more than a page. */
  private static String readable(String reason) {
    String clean = reason.replace('\0', ' ');
    return clean.length() > LONGEST_REASON ? clean.substring(0, LONGEST_REASON) + "…" : clean;
  }
}

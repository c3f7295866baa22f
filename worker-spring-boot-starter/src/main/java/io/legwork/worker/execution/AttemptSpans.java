package io.legwork.worker.execution;

import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.QueuedTask;
import io.legwork.tracing.FinishedSpan;
import io.legwork.tracing.SpanAttributes;
import io.legwork.tracing.TaskSpan;
import io.legwork.tracing.TraceContext;
import io.legwork.tracing.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of attempts, where their tasks belong to a trace that is recorded: a span from the start of
 * the handler to its outcome. Its parent is the span in which the task was created; it links to
 * that one, too, and to the attempt before it. Thread-safe.
 */
final class AttemptSpans {

  private final Tracing tracing;
  private final InstantSource clock;

  AttemptSpans(Tracing tracing, InstantSource clock) {
    this.tracing = tracing;
    this.clock = clock;
  }

  /**
   * What a handler passes on: the span of its attempt, or else what the task was submitted with.
   */
  @Nullable String traceparent(ClaimedTask task) {
    String given = task.traceparent();
    return given != null && tracing.follows(given)
        ? own(task, TraceContext.of(given)).traceparent()
        : given;
  }

  /** The running of a handler, so that what it traces itself is part of its attempt. */
  Runnable inside(ClaimedTask task, Runnable run) {
    String given = task.traceparent();
    return given != null && tracing.follows(given)
        ? Tracing.inside(own(task, TraceContext.of(given)), run)
        : run;
  }

  /** An attempt has ended like that just now. */
  void ended(Attempt attempt, AttemptOutcome outcome) {
    String given = attempt.task().traceparent();
    if (given != null && tracing.follows(given)) {
      tracing.record(span(attempt, TraceContext.of(given), outcome));
    }
  }

  private FinishedSpan span(Attempt attempt, TraceContext creation, AttemptOutcome outcome) {
    ClaimedTask task = attempt.task();
    Instant end = clock.instant();
    return new FinishedSpan(
        own(task, creation),
        creation,
        links(task, creation),
        SpanKind.CONSUMER,
        "process " + task.type(),
        end.minus(attempt.age()),
        end,
        attributes(task, outcome),
        error(outcome) != null);
  }

  private static TraceContext own(ClaimedTask task, TraceContext creation) {
    return creation.span(TaskSpan.attempt(task.id().value(), task.attempt()));
  }

  private static List<TraceContext> links(ClaimedTask task, TraceContext creation) {
    return task.attempt() == 1
        ? List.of(creation)
        : List.of(creation, creation.span(TaskSpan.attempt(task.id().value(), task.attempt() - 1)));
  }

  private static Attributes attributes(ClaimedTask task, AttemptOutcome outcome) {
    QueuedTask message =
        new QueuedTask(
            task.id(),
            task.tenant(),
            task.type(),
            task.queue(),
            task.priority(),
            task.attempt() - 1,
            task.traceparent());
    AttributesBuilder attributes =
        SpanAttributes.task("process", message)
            .put("legwork.attempt", task.attempt())
            .put("legwork.outcome", name(outcome));
    String error = error(outcome);
    return (error == null ? attributes : attributes.put(SpanAttributes.ERROR_TYPE, error)).build();
  }

  private static String name(AttemptOutcome outcome) {
    return switch (outcome) {
      case AttemptOutcome.Succeeded _ -> "succeeded";
      case AttemptOutcome.Failed _ -> "failed";
      case AttemptOutcome.Retried _ -> "retried";
      case AttemptOutcome.Snoozed _ -> "snoozed";
    };
  }

  /** Reasons are what handlers say, which is not told. */
  private static @Nullable String error(AttemptOutcome outcome) {
    return switch (outcome) {
      case AttemptOutcome.Succeeded _, AttemptOutcome.Snoozed _ -> null;
      case AttemptOutcome.Failed failed -> failed.permanent() ? "permanent" : "last_attempt";
      case AttemptOutcome.Retried _ -> "attempt";
    };
  }
}

package io.legwork.producer.submission;

import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.QueuedTask;
import io.legwork.producer.web.RequestSpan;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.tracing.FinishedSpan;
import io.legwork.tracing.SpanAttributes;
import io.legwork.tracing.TaskSpan;
import io.legwork.tracing.TraceContext;
import io.legwork.tracing.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.time.InstantSource;
import java.util.List;

/**
 * Tells of each task that was accepted in a request that is traced: from the request to the commit.
 * The span's context is what the task is stored with, so that whatever is done for the task refers
 * to it. Thread-safe.
 */
final class CreationSpans {

  private final Tracing tracing;
  private final InstantSource clock;

  CreationSpans(Tracing tracing, InstantSource clock) {
    this.tracing = tracing;
    this.clock = clock;
  }

  /** The span in which a task is created that came with a request. */
  static TraceContext context(RequestSpan request, TaskId task) {
    return request.context().span(TaskSpan.creation(task.value()));
  }

  /** The ledger has answered; a task that was accepted before has its span already. */
  void answered(Origin origin, NewTask task, Acceptance answer) {
    RequestSpan request = origin.request();
    if (request != null && answer instanceof Accepted) {
      tracing.record(
          new FinishedSpan(
              context(request, task.id()),
              request.context(),
              List.of(),
              SpanKind.PRODUCER,
              "create " + task.type(),
              request.start(),
              clock.instant(),
              attributes(task),
              false));
    }
  }

  private static Attributes attributes(NewTask task) {
    QueuedTask queued =
        new QueuedTask(
            task.id(),
            task.tenant(),
            task.type(),
            task.queue(),
            task.priority(),
            0,
            task.traceparent());
    return SpanAttributes.task("create", queued).build();
  }
}

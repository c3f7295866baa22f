package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.ClaimedTask;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import io.legwork.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What attempts are without a collector; with one they are in the system's tests. */
class AttemptSpansTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final AttemptSpans spans = new AttemptSpans(Tracing.OFF, InstantSource.system());

  @Test
  void handOverWhatTheTaskWasSubmittedWith() {
    assertThat(spans.traceparent(task(TRACE))).isSameAs(TRACE);
    assertThat(spans.traceparent(task(null))).isNull();
  }

  @Test
  void leaveHandlersAsTheyAre() {
    Runnable run = () -> {};

    assertThat(spans.inside(task(TRACE), run)).isSameAs(run);
  }

  private static ClaimedTask task(@Nullable String traceparent) {
    return new ClaimedTask(
        new TaskId(UUID.randomUUID()),
        "default",
        "report.render",
        "default",
        Priority.NORMAL,
        1,
        1,
        3,
        Duration.ofMinutes(1),
        RetryPolicy.DEFAULT,
        KeptJson.plain(Json.of("1")),
        traceparent,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }
}

package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.ClaimedTask;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Prometheus gets of the running of tasks. */
class ExecutionMetricsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new TaskExemplars());
  private final ExecutionMetrics metrics = new ExecutionMetrics(meters, InstantSource.fixed(NOW));

  @Test
  void leadFromABucketToTheTraceOfATask() {
    metrics.ran(task("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    assertThat(meters.scrape(OPEN_METRICS))
        .containsPattern(
            "legwork_task_run_seconds_bucket\\{type=\"report.render\",le=\"5.0\"\\} 1"
                + " # \\{span_id=\"b7ad6b7169203331\","
                + "trace_id=\"0af7651916cd43dd8448eb211c80319c\"\\} 3");
    assertThat(TaskTraces.current()).isNull();
  }

  @Test
  void haveNoTraceThatNobodyCanLookUp() {
    metrics.ran(task("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"));
    metrics.ran(task(null));

    assertThat(meters.scrape(OPEN_METRICS))
        .contains("legwork_task_run_seconds_count{type=\"report.render\"} 2")
        .doesNotContain("trace_id");
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
        NOW.minusSeconds(3),
        NOW.minusSeconds(3),
        null);
  }
}

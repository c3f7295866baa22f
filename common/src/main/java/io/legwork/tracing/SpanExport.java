package io.legwork.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector over OTLP/HTTP, from a thread of its own. Whoever records a span never
 * waits: what the queue has no room for, because the collector is slow or away, is dropped.
 * Thread-safe.
 */
final class SpanExport implements AutoCloseable {

  /** How often spans are sent, unless a batch is full before. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What OpenTelemetry sends at a time, too. */
  private static final int BATCH = 512;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** How long a service that stops may take for the last spans. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Of names that others have chosen. */
  private static final int LONGEST_VALUE = 200;

  private final GivenIds ids = new GivenIds();
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param service the name of the service
   * @param instance the id of the process
   */
  SpanExport(TracingProperties properties, String service, String instance) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(properties.target())
            .setTimeout(properties.timeout())
            .setConnectTimeout(CONNECT_TIMEOUT)
            // A span is worth less than the room it takes while it is sent again.
            .setRetryPolicy(null);
    properties.headers().forEach(exporter::addHeader);
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            // Whether a trace is recorded is decided where it begins, before a span is made.
            .setSampler(Sampler.alwaysOn())
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST_VALUE).build())
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder()
                                .put("service.name", service)
                                .put("service.namespace", "legwork")
                                .put("service.instance.id", instance)
                                .build())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setMaxQueueSize(properties.queue())
                    .setMaxExportBatchSize(Math.min(BATCH, properties.queue()))
                    .setScheduleDelay(PAUSE)
                    .setExporterTimeout(properties.timeout())
                    .build())
            .build();
    this.tracer = provider.get("io.legwork");
  }

  void record(FinishedSpan span) {
    SpanBuilder builder =
        tracer
            .spanBuilder(span.name())
            .setSpanKind(span.kind())
            .setStartTimestamp(span.start())
            .setAllAttributes(span.attributes());
    TraceContext parent = span.parent();
    builder.setParent(parent == null ? Context.root() : parentOf(parent));
    span.links().forEach(link -> builder.addLink(spanContext(link)));
    ids.during(
        span.context(),
        () -> {
          Span started = builder.startSpan();
          if (span.failed()) {
            started.setStatus(StatusCode.ERROR);
          }
          started.end(span.end());
        });
  }

  private static Context parentOf(TraceContext parent) {
    return Context.root().with(Span.wrap(spanContext(parent)));
  }

  static SpanContext spanContext(TraceContext context) {
    return SpanContext.createFromRemoteParent(
        context.traceId(),
        context.spanId(),
        TraceFlags.fromHex(context.flags(), 0),
        TraceState.getDefault());
  }

  /** Sends what is left, if the collector takes it soon. */
  @Override
  public void close() {
    provider.shutdown().join(GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }
}

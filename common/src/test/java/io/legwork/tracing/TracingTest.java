package io.legwork.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {

  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  private static final int QUEUE = 100;
  private static final int ASKED = 10_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void tracesNothingWithoutACollector() {
    assertThat(Tracing.OFF.follows(SAMPLED)).isFalse();
    assertThat(Tracing.OFF.begin(SAMPLED)).isNull();
    assertThat(Tracing.OFF.begin(null)).isNull();
    assertThat(properties("").isOn()).isFalse();
  }

  @Test
  void leavesTheDecisionToTheCaller() {
    try (Tracing all = tracing("http://127.0.0.1:9", 1);
        Tracing none = tracing("http://127.0.0.1:9", 0)) {
      assertThat(all.begin(UNSAMPLED)).isNull();
      assertThat(all.follows(UNSAMPLED)).isFalse();
      assertThat(none.begin(null)).isNull();
      assertThat(none.follows(null)).isFalse();
      assertThat(none.begin(SAMPLED))
          .satisfies(it -> assertThat(it.traceparent()).startsWith(SAMPLED.substring(0, 36)))
          .satisfies(it -> assertThat(it.traceparent()).isNotEqualTo(SAMPLED));
      assertThat(all.begin(null))
          .satisfies(it -> assertThat(TraceContext.isValid(it.traceparent())).isTrue())
          .satisfies(it -> assertThat(all.follows(it.traceparent())).isTrue());
    }
  }

  @Test
  void beginsAsManyTracesAsItShould() {
    try (Tracing tenth = tracing("http://127.0.0.1:9", 0.1)) {
      long begun = 0;
      for (int i = 0; i < 10_000; i++) {
        begun += tenth.begin(null) == null ? 0 : 1;
      }

      assertThat(begun).isBetween(800L, 1_200L);
    }
  }

  @Test
  void dropsWhatThereIsNoRoomForWhileTheCollectorHangs() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    AtomicLong bytes = new AtomicLong();
    HttpServer silent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    silent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    silent.createContext(
        "/v1/traces",
        exchange -> {
          bytes.addAndGet(exchange.getRequestBody().readAllBytes().length);
          requests.incrementAndGet();
          awaitQuietly(over);
          exchange.close();
        });
    silent.start();
    try (Tracing tracing = tracing("http://127.0.0.1:" + silent.getAddress().getPort(), 1)) {
      for (int i = 0; i < 20 * QUEUE; i++) {
        tracing.record(aSpan(tracing));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> requests.get() > 0);
      over.countDown();
    }
    silent.stop(1);

    // A span has more than 64 bytes, so these would be too few for all of them.
    assertThat(bytes.get()).isPositive().isLessThan(20L * QUEUE * 64);
  }

  @Test
  void allocatesNothingForWhatIsNotTraced() {
    try (Tracing on = tracing("http://127.0.0.1:9", 0)) {
      askOften(on);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      int followed = askOften(on);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

      assertThat(followed).isZero();
      assertThat(allocated).isLessThan(ASKED);
    }
  }

  private static int askOften(Tracing tracing) {
    int followed = 0;
    for (int i = 0; i < ASKED; i++) {
      followed += Tracing.OFF.follows(SAMPLED) || tracing.follows(UNSAMPLED) ? 1 : 0;
      followed += Tracing.OFF.begin(SAMPLED) == null && tracing.begin(UNSAMPLED) == null ? 0 : 1;
      followed += Tracing.OFF.begin(null) == null && tracing.begin(null) == null ? 0 : 1;
    }
    return followed;
  }

  @Test
  void letsOthersTraceAsPartOfASpan() {
    TraceContext context = TraceContext.of(SAMPLED);
    AtomicReference<SpanContext> inside = new AtomicReference<>(SpanContext.getInvalid());

    Tracing.inside(context, () -> inside.set(Span.current().getSpanContext())).run();

    assertThat(inside.get().getTraceId()).isEqualTo(context.traceId());
    assertThat(inside.get().getSpanId()).isEqualTo(context.spanId());
    assertThat(inside.get().isSampled()).isTrue();
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void hurtsNobodyIfTheCollectorIsNotThere() throws IOException {
    int port;
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Tracing tracing = tracing("http://127.0.0.1:" + port, 1)) {
      for (int i = 0; i < 20 * QUEUE; i++) {
        tracing.record(aSpan(tracing));
      }
      assertThat(tracing.begin(null)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://collector", "http://", "grpc"})
  void refusesWhatIsNoAddress(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> properties(endpoint))
        .withMessageContaining("legwork.tracing.endpoint");
  }

  @Test
  void addsThePathOfTracesToTheAddress() {
    assertThat(properties("http://collector:4318").target())
        .isEqualTo("http://collector:4318/v1/traces");
    assertThat(properties("https://tempo.example/otlp/").target())
        .isEqualTo("https://tempo.example/otlp/v1/traces");
    assertThat(properties("http://collector:4318/v1/traces").target())
        .isEqualTo("http://collector:4318/v1/traces");
  }

  @Test
  void tellsNobodyTheHeadersForTheCollector() {
    TracingProperties properties =
        new TracingProperties(
            "http://c", 1, Map.of("authorization", "Bearer s3cret"), 1, Duration.ofSeconds(1));

    assertThat(properties).asString().contains("authorization").doesNotContain("s3cret");
  }

  private static FinishedSpan aSpan(Tracing tracing) {
    Instant now = Instant.now();
    TraceContext parent = TraceContext.of(SAMPLED);
    return new FinishedSpan(
        tracing.within(SAMPLED),
        parent,
        List.of(parent),
        SpanKind.CONSUMER,
        "process report.render",
        now.minusMillis(1),
        now,
        Attributes.builder().put("messaging.system", "rabbitmq").build(),
        false);
  }

  private static Tracing tracing(String endpoint, double sampling) {
    TracingProperties properties = properties(endpoint);
    Random random = new Random(1);
    return new Tracing(new SpanExport(properties, "test", "1"), sampling, () -> random);
  }

  private static TracingProperties properties(String endpoint) {
    return new TracingProperties(endpoint, 1, Map.of(), QUEUE, Duration.ofSeconds(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.legwork.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.testing.TestContext;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.worker.handlers.HandlerRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code http.request} as the worker runs it: JSON in, an outcome out. At noon, 20 November 2026.
 */
final class TestedHandler implements AutoCloseable {

  private static final HttpRequestProperties LIMITS =
      new HttpRequestProperties(
          Duration.ofSeconds(5), Duration.ofSeconds(20), DataSize.ofKilobytes(64));

  private final OutboundClient client;
  private final HandlerRegistry registry;

  TestedHandler() {
    this("public", "loopback");
  }

  /**
   * @param allowed the addresses that requests may go to
   */
  TestedHandler(String... allowed) {
    OutboundPolicy policy =
        new OutboundPolicy(
            new OutboundProperties(List.of(allowed), List.of("http", "https"), List.of()));
    this.client = new OutboundClient(policy, LIMITS.connectTimeout());
    this.registry =
        HandlerRegistry.of(
            new HttpRequestHandler(
                client,
                policy,
                LIMITS,
                InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"))));
  }

  Outcome run(String payload, TaskContext task) throws InterruptedException {
    return registry
        .find("http.request")
        .orElseThrow()
        .run(payload.getBytes(StandardCharsets.UTF_8), task);
  }

  Outcome run(String payload) throws InterruptedException {
    return run(payload, TestContext.first());
  }

  Outcome.Failed failed(String payload) throws InterruptedException {
    Outcome outcome = run(payload);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  /** The result as it is stored. */
  JsonNode succeeded(String payload) throws InterruptedException {
    Outcome outcome = run(payload);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    Object result = ((Outcome.Succeeded) outcome).result();
    return json(JsonMapper.shared().writeValueAsString(result));
  }

  static JsonNode json(String text) {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readTree(text);
  }

  @Override
  public void close() {
    client.close();
  }
}

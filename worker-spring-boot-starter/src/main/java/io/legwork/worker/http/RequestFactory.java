package io.legwork.worker.http;

import io.legwork.handler.TaskContext;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the request that a payload asks for. */
final class RequestFactory {

  private final OutboundPolicy policy;

  RequestFactory(OutboundPolicy policy) {
    this.policy = policy;
  }

  /**
   * The request, with the task's id and attempt for the receiver to recognise a repetition by.
   *
   * @throws IllegalArgumentException if the policy refuses the URL
   */
  OutboundRequest make(HttpRequestPayload payload, TaskContext task) {
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Idempotency-Key", "\"" + task.taskId() + "\"");
    headers.put("User-Agent", "Legwork");
    task.traceparent().ifPresent(trace -> headers.put("traceparent", trace));
    if (payload.body() != null) {
      headers.put("Content-Type", contentType(payload.body()));
    }
    headers.putAll(payload.headers().byName());
    headers.put("Legwork-Task", task.taskId());
    headers.put("Legwork-Attempt", String.valueOf(task.attempt()));
    return new OutboundRequest(
        payload.effectiveMethod().name(), uri(payload), headers, body(payload.body()));
  }

  private URI uri(HttpRequestPayload payload) {
    try {
      return policy.check(payload.url());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException("#/payload/url: " + refused.getMessage(), refused);
    }
  }

  private static byte @Nullable [] body(@Nullable JsonNode body) {
    if (body == null) {
      return null;
    }
    String text = body.isString() ? body.stringValue() : body.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String contentType(JsonNode body) {
    return body.isString() ? "text/plain; charset=utf-8" : "application/json";
  }
}

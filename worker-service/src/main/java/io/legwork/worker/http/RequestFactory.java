package io.legwork.worker.http;

import io.legwork.handler.TaskContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
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
  HttpRequest make(HttpRequestPayload payload, TaskContext task) {
    URI uri = policy.check(payload.url());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .version(version(uri))
            .method(payload.effectiveMethod().name(), publisher(payload.body()))
            .header("Legwork-Task", task.taskId())
            .header("Legwork-Attempt", String.valueOf(task.attempt()));
    RequestHeaders headers = payload.headers();
    headers.byName().forEach(request::header);
    if (!headers.has("Idempotency-Key")) {
      request.header("Idempotency-Key", "\"" + task.taskId() + "\"");
    }
    if (!headers.has("User-Agent")) {
      request.header("User-Agent", "Legwork");
    }
    if (payload.body() != null && !headers.has("Content-Type")) {
      request.header("Content-Type", contentType(payload.body()));
    }
    return request.build();
  }

  /** Without TLS, HTTP/2 begins with an upgrade that simple servers stumble over. */
  private static HttpClient.Version version(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme())
        ? HttpClient.Version.HTTP_2
        : HttpClient.Version.HTTP_1_1;
  }

  private static BodyPublisher publisher(@Nullable JsonNode body) {
    if (body == null) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.ofString(body.isString() ? body.stringValue() : body.toString());
  }

  private static String contentType(JsonNode body) {
    return body.isString() ? "text/plain; charset=utf-8" : "application/json";
  }
}

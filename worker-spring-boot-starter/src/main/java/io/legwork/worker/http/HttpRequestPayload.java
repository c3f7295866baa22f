package io.legwork.worker.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a task of the type {@code http.request} asks for.
 *
 * @param method GET when left out, or POST if there is a body
 * @param body sent as it is if a string, else as JSON; none when left out or null
 * @param expectedStatuses the statuses that make the task succeed, 2xx when left out
 * @param timeout how long the whole exchange may take
 * @param maxResponseBytes how much of the answer's body is kept
 */
record HttpRequestPayload(
    @Nullable Method method,
    String url,
    RequestHeaders headers,
    @Nullable JsonNode body,
    ExpectedStatuses expectedStatuses,
    @Nullable RequestTimeout timeout,
    @Nullable Integer maxResponseBytes) {

  /** The methods that make sense for a task. */
  enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS
  }

  @SuppressWarnings("ConstantValue") // A payload's missing fields arrive as null.
  HttpRequestPayload {
    if (url == null) {
      throw new IllegalArgumentException("url is missing");
    }
    body = body == null || body.isNull() || body.isMissingNode() ? null : body;
    headers = Objects.requireNonNullElseGet(headers, RequestHeaders::none);
    expectedStatuses =
        Objects.requireNonNullElseGet(expectedStatuses, ExpectedStatuses::successful);
  }

  /** The method to use. */
  Method effectiveMethod() {
    return Objects.requireNonNullElse(method, body == null ? Method.GET : Method.POST);
  }
}

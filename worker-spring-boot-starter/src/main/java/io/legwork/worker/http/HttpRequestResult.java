package io.legwork.worker.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.legwork.outbound.OutboundAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task of the type {@code http.request} results in.
 *
 * @param headers some of the answer's headers, names in lower case
 * @param body the JSON or text of the answer; left out if there is none
 * @param bodyBase64 the answer's bytes if they are not text
 * @param truncated whether the answer was longer than what is kept of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HttpRequestResult(
    int status,
    Map<String, String> headers,
    @Nullable Object body,
    @Nullable String bodyBase64,
    boolean truncated,
    long durationMillis) {

  private static final int LONGEST_HEADER = 2048;
  private static final List<String> KEPT =
      List.of(
          "content-type",
          "etag",
          "last-modified",
          "link",
          "location",
          "retry-after",
          "x-request-id");

  static HttpRequestResult of(OutboundAnswer answer, ResponseBody body, Duration took) {
    return new HttpRequestResult(
        answer.status(),
        kept(answer),
        body.value(),
        body.base64(),
        body.truncated(),
        took.toMillis());
  }

  private static Map<String, String> kept(OutboundAnswer answer) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = String.join(", ", answer.headers(name));
      if (!value.isEmpty()) {
        kept.put(name, value.substring(0, Math.min(value.length(), LONGEST_HEADER)));
      }
    }
    return kept;
  }
}

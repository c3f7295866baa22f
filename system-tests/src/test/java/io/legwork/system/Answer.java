package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the API answered.
 *
 * @param took from sending the request to having the whole answer
 */
record Answer(int status, HttpHeaders headers, JsonNode body, Duration took) {

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  String text(String field) {
    return body.path(field).asString("");
  }

  Answer expect(int expected) {
    assertThat(status).as(() -> "status of " + body).isEqualTo(expected);
    return this;
  }

  /** Expects a problem according to RFC 9457 that speaks of itself truly. */
  Answer expectProblem(int... statuses) {
    assertThat(statuses).as(() -> "expected statuses, not the one of " + body).contains(status);
    assertThat(header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(text("type")).startsWith("urn:legwork:problem:");
    assertThat(text("code")).isNotBlank();
    assertThat(text("title")).isNotBlank();
    assertThat(text("detail")).isNotBlank();
    return this;
  }

  /** The JSON Pointers, as URI fragments, of the fields a problem complains about. */
  List<String> pointers() {
    return body.path("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString(""))
        .toList();
  }
}

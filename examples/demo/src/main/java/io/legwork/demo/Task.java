package io.legwork.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as the API shows it.
 *
 * @param id its id
 * @param type its type
 * @param state its state, such as SUCCEEDED
 * @param attempts how many attempts have been started
 * @param submittedAt when it was accepted
 * @param finishedAt when it reached its terminal state
 * @param result what its handler returned
 * @param error why its last attempt failed
 */
record Task(
    String id,
    String type,
    String state,
    int attempts,
    Instant submittedAt,
    @Nullable Instant finishedAt,
    @Nullable JsonNode result,
    @Nullable Failure error) {

  /** Why an attempt failed. */
  record Failure(String reason) {}

  /** The state and, where there is one, the error, for people. */
  String condition() {
    var attempted = state + " after " + attempts + (attempts == 1 ? " attempt" : " attempts");
    return error == null ? attempted : attempted + ": " + error.reason();
  }

  /** How long it took to be done, counted from this long after it was accepted. */
  Duration duration(Duration delay) {
    return finishedAt == null
        ? Duration.ZERO
        : Duration.between(submittedAt.plus(delay), finishedAt);
  }
}

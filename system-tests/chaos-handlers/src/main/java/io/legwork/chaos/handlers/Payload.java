package io.legwork.chaos.handlers;

import java.util.Objects;

/**
 * What a task of the chaos program is to do.
 *
 * @param token names the submission; no two tasks have the same
 * @param millis how long an attempt takes
 * @param failures how many attempts fail before one succeeds
 * @param body some text, to be seen unchanged
 */
public record Payload(String token, int millis, int failures, String body) {

  /** Refuses a payload that is not complete. */
  public Payload {
    Objects.requireNonNull(token, "token is missing");
    Objects.requireNonNull(body, "body is missing");
  }

  /** The digest of what the handler was given; the sender computes the same of what it sent. */
  String digest() {
    return Digest.of(token, Integer.toString(millis), Integer.toString(failures), body);
  }
}

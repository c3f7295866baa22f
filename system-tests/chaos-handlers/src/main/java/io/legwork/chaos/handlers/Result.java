package io.legwork.chaos.handlers;

import java.util.UUID;

/**
 * What an attempt returns: unlike that of any other attempt, so that a stored result names the
 * attempt it came from.
 *
 * @param nonce made up by the attempt
 */
public record Result(String token, int attempt, String payload, String nonce) {

  static Result of(Payload payload, int attempt) {
    return new Result(payload.token(), attempt, payload.digest(), UUID.randomUUID().toString());
  }

  String digest() {
    return Digest.of(token, Integer.toString(attempt), payload, nonce);
  }
}

package io.legwork.outbound;

import io.legwork.secrets.SigningKeys;

/** Signs webhooks as Standard Webhooks 1.0 wants them signed. Thread-safe. */
public sealed interface Signer permits SigningSecret, SigningKey {

  /**
   * One entry of the header {@code webhook-signature}.
   *
   * @param timestamp of the attempt, in seconds
   */
  String sign(String id, long timestamp, byte[] body);

  /**
   * Reads the notation {@code whsec_<base64>} or {@code whsk_<base64>}.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  static Signer parse(String text) {
    return text.startsWith(SigningKeys.PRIVATE)
        ? SigningKey.parse(text)
        : SigningSecret.parse(text);
  }
}

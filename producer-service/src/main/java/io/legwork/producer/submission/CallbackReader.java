package io.legwork.producer.submission;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.producer.fields.Fields;
import io.legwork.task.Callback;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads where to send the webhook. What a name leads to is judged when it is connected to. */
final class CallbackReader {

  private static final String SECRET_PREFIX = "whsec_";
  private static final int MIN_SECRET_BYTES = 24;
  private static final int MAX_SECRET_BYTES = 64;

  private CallbackReader() {}

  static @Nullable Callback read(@Nullable Fields fields, OutboundPolicy policy) {
    if (fields == null) {
      return null;
    }
    fields.require("url");
    URI url = url(fields, policy);
    String secret = secret(fields);
    fields.refuseOthers();
    return url == null ? null : new Callback(url, secret);
  }

  private static @Nullable URI url(Fields fields, OutboundPolicy policy) {
    String text = fields.text("url");
    if (text == null) {
      return null;
    }
    String wrong = policy.wrongWith(text);
    if (wrong != null) {
      fields.refuse("url", wrong);
      return null;
    }
    return URI.create(text);
  }

  private static @Nullable String secret(Fields fields) {
    String secret = fields.text("secret");
    if (secret != null && !isSecret(secret)) {
      fields.refuse(
          "secret",
          "must be %s followed by %d to %d bytes in Base64"
              .formatted(SECRET_PREFIX, MIN_SECRET_BYTES, MAX_SECRET_BYTES));
    }
    return secret;
  }

  private static boolean isSecret(String secret) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
      return bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}

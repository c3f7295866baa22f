package io.legwork.producer.submission;

import io.legwork.task.Callback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads where to send the webhook. Whether the address may be reached is the notifier's decision.
 */
final class CallbackReader {

  private static final int MAX_URL_LENGTH = 2048;
  private static final String SECRET_PREFIX = "whsec_";
  private static final int MIN_SECRET_BYTES = 24;
  private static final int MAX_SECRET_BYTES = 64;
  private static final int MAX_PORT = 65_535;

  private CallbackReader() {}

  static @Nullable Callback read(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    fields.require("url");
    URI url = url(fields);
    String secret = secret(fields);
    fields.refuseOthers();
    return url == null ? null : new Callback(url, secret);
  }

  private static @Nullable URI url(Fields fields) {
    String text = fields.text("url");
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_URL_LENGTH) {
      fields.refuse("url", "must have at most %d characters".formatted(MAX_URL_LENGTH));
      return null;
    }
    try {
      URI url = new URI(text);
      String wrong = wrongWith(url);
      if (wrong == null) {
        return url;
      }
      fields.refuse("url", wrong);
    } catch (URISyntaxException malformed) {
      fields.refuse("url", "must be a URL (RFC 3986)");
    }
    return null;
  }

  private static @Nullable String wrongWith(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "must be an absolute http or https URL";
    }
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      return "must not contain a user name or password";
    }
    if (url.getHost() == null) {
      return "must name a host";
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return "must have a port from 1 to 65535, or none";
    }
    return url.getRawFragment() == null ? null : "must not have a fragment";
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

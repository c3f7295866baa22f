package io.legwork.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names nobody else uses, and secrets nobody can guess. */
final class Names {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Names() {}

  /** A name that is valid as a database, a virtual host and a folder. */
  static String unique(String prefix) {
    var random = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
    return "%s_%d_%s".formatted(prefix, COUNT.incrementAndGet(), random).toLowerCase(Locale.ROOT);
  }

  /** A password that needs no quoting anywhere. */
  static String password() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(18));
  }

  /** A signing secret in the notation of Standard Webhooks. */
  static String webhookSecret() {
    return "whsec_" + Base64.getEncoder().encodeToString(random(32));
  }

  /** 32 bytes in Base64 that follow from a secret, and tell nothing about it. */
  static String derivedKey(String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var key = mac.doFinal("secrets of the ledger".getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}

package io.legwork.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a worker proves with to whom it gave an attempt: it gives the token along, and whoever
 * reports on the attempt shows it. New at every start of a process, known to it and the ledger
 * alone. Immutable.
 */
public final class ReportKey {

  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;

  private ReportKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new key. */
  public static ReportKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ReportKey(bytes);
  }

  /** A key that was kept. */
  public static ReportKey of(byte[] bytes) {
    return new ReportKey(bytes.clone());
  }

  /** The key, to be kept where nobody else reads it. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The token of an attempt: HMAC-SHA256 over the task's id and the attempt, in Base64 that may
   * stand anywhere.
   *
   * @param fencingToken of the attempt
   */
  public String token(String task, long fencingToken) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      byte[] tag = mac.doFinal((task + '.' + fencingToken).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  /** Whether this is the token of the attempt; how long that takes tells nothing of it. */
  public boolean isToken(String token, String task, long fencingToken) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        token(task, fencingToken).getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves the key out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "ReportKey";
  }
}

package io.legwork.outbound;

import io.legwork.secrets.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric key of Standard Webhooks 1.0. Its text reveals nothing. Thread-safe. */
public final class SigningSecret implements Signer {

  private static final String PREFIX = SigningKeys.SYMMETRIC;
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SigningSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Reads the notation {@code whsec_<base64>}.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static SigningSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("it does not begin with " + PREFIX);
    }
    byte[] key = decoded(text.substring(PREFIX.length()));
    if (key.length < SHORTEST || key.length > LONGEST) {
      throw new IllegalArgumentException(
          "it has %d bytes, not %d to %d".formatted(key.length, SHORTEST, LONGEST));
    }
    return new SigningSecret(key);
  }

  /** A new secret of 32 random bytes. */
  public static SigningSecret random(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return new SigningSecret(key);
  }

  @Override
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("what follows " + PREFIX + " is not Base64");
    }
  }

  @Override
  public String toString() {
    return "SigningSecret[…]";
  }
}

package io.legwork.secrets;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A new key of Standard Webhooks 1.0.
 *
 * @param signing the key the sender signs with: {@code whsec_…} or {@code whsk_…}
 * @param verifying the public key {@code whpk_…}, or null if the key is symmetric
 */
public record SigningKeys(String signing, @Nullable String verifying) {

  /** Before the key of HMAC-SHA256. */
  public static final String SYMMETRIC = "whsec_";

  /** Before the private key of ed25519: the 32 bytes of its seed (RFC 8032). */
  public static final String PRIVATE = "whsk_";

  /** Before the public key of ed25519: 32 bytes. */
  public static final String PUBLIC = "whpk_";

  private static final int BYTES = 32;

  /** A new symmetric key of 32 bytes. */
  public static SigningKeys symmetric(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new SigningKeys(SYMMETRIC + text(key), null);
  }

  /** A new pair of keys. */
  public static SigningKeys asymmetric(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKeys(
          PRIVATE + text(tail(pair.getPrivate().getEncoded())),
          PUBLIC + text(tail(pair.getPublic().getEncoded())));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", missing);
    }
  }

  /** Both encodings of RFC 8410 end with the raw key. */
  private static byte[] tail(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length);
  }

  private static String text(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  /** Leaves the signing key out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "SigningKeys[verifying=" + verifying + "]";
  }
}

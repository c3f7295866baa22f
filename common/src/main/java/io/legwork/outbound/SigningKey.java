package io.legwork.outbound;

import io.legwork.secrets.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** An ed25519 key of Standard Webhooks 1.0. Its text reveals nothing. Thread-safe. */
public final class SigningKey implements Signer {

  /** What precedes the seed in the encoding of RFC 8410, section 7. */
  private static final byte[] ENCODING =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final int SEED_BYTES = 32;
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads the notation {@code whsk_<base64>}.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static SigningKey parse(String text) {
    try {
      byte[] seed = Base64.getDecoder().decode(text.substring(SigningKeys.PRIVATE.length()));
      if (seed.length != SEED_BYTES) {
        throw new IllegalArgumentException("it has %d bytes, not 32".formatted(seed.length));
      }
      byte[] encoded = new byte[ENCODING.length + SEED_BYTES];
      System.arraycopy(ENCODING, 0, encoded, 0, ENCODING.length);
      System.arraycopy(seed, 0, encoded, ENCODING.length, SEED_BYTES);
      return new SigningKey(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException refused) {
      throw new IllegalArgumentException("it is no key", refused);
    }
  }

  @Override
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
      signature.update(body);
      return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", missing);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[…]";
  }
}

package io.legwork.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D) under a fresh 96-bit nonce each. A sealed secret
 * belongs to its owner: moved to another row it cannot be opened. Thread-safe.
 */
public final class SecretCipher {

  static final int TAG_BITS = 128;
  static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final String PREFIX = "aes1.";

  private final SecureRandom random = new SecureRandom();
  private final List<Key> keys;

  private SecretCipher(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * @param id the beginning of the key's hash: which key sealed something
   */
  record Key(String id, SecretKeySpec key) {

    /** Leaves the key out, so that it cannot reach a log. */
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  /**
   * A cipher that seals with the first key and opens with all of them.
   *
   * @param keys 32 bytes each, in Base64; none for a cipher that neither seals nor opens
   * @throws IllegalArgumentException if one is anything else; the message does not repeat it
   */
  public static SecretCipher of(List<String> keys) {
    List<Key> read = new ArrayList<>();
    for (String key : keys) {
      byte[] bytes = decoded(key.strip());
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException("a key must be 32 bytes in Base64");
      }
      read.add(new Key(fingerprint(bytes), new SecretKeySpec(bytes, "AES")));
    }
    return new SecretCipher(read);
  }

  /** Whether secrets can be sealed. */
  public boolean isAvailable() {
    return !keys.isEmpty();
  }

  /**
   * Seals a secret.
   *
   * @param owner whose it is; needed to open it
   * @throws IllegalStateException if there is no key
   */
  public String seal(String secret, String owner) {
    Key key = first();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, bytes(secret), owner);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return PREFIX + key.id() + '.' + Base64.getEncoder().encodeToString(all);
  }

  /**
   * Opens what was sealed. What was stored before there was a cipher is given back as it is.
   *
   * @throws SecretUnreadableException if it was sealed with a key that is not known, for another
   *     owner, or changed since
   */
  public String open(String sealed, String owner) {
    if (!sealed.startsWith(PREFIX)) {
      return sealed;
    }
    String[] parts = sealed.substring(PREFIX.length()).split("\\.", 2);
    return open(withId(parts[0]), decoded(parts[parts.length - 1]), owner);
  }

  /**
   * The key that seals.
   *
   * @throws IllegalStateException if there is none
   */
  Key first() {
    if (keys.isEmpty()) {
      throw new IllegalStateException("there is no key: set LEGWORK_SECRETS_KEYS");
    }
    return keys.getFirst();
  }

  /**
   * The key with an id.
   *
   * @throws SecretUnreadableException if it is not configured
   */
  Key withId(String id) {
    return keys.stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new SecretUnreadableException("it was sealed with a key that is not configured"));
  }

  private static String open(Key key, byte[] all, String owner) {
    if (all.length <= NONCE_BYTES) {
      throw new SecretUnreadableException("it is damaged");
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
    return new String(run(Cipher.DECRYPT_MODE, key, nonce, sealed, owner), StandardCharsets.UTF_8);
  }

  /**
   * Vouches for a message: HMAC-SHA256 under a key that is derived from the first one for nothing
   * else (HKDF, RFC 5869).
   *
   * @return the tag, in Base64 that may stand in a URL
   * @throws IllegalStateException if there is no key
   */
  public String vouchFor(String message) {
    return tag(first(), message);
  }

  /** Whether one of the keys vouched for the message with this tag. */
  public boolean isVouchedFor(String message, String tag) {
    return keys.stream()
        .anyMatch(key -> MessageDigest.isEqual(bytes(tag(key, message)), bytes(tag)));
  }

  private static String tag(Key key, String message) {
    try {
      var derivation =
          HKDFParameterSpec.ofExtract()
              .addIKM(key.key())
              .thenExpand(bytes("legwork: messages vouched for"), KEY_BYTES);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", derivation));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(message)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform from 25 has HKDF-SHA256", missing);
    }
  }

  private static byte[] run(int mode, Key key, byte[] nonce, byte[] input, String owner) {
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bytes(owner));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException refused) {
      throw new SecretUnreadableException("it is damaged or somebody else's");
    }
  }

  private static String fingerprint(byte[] key) {
    return HexFormat.of().formatHex(Sha256.begin().digest(key), 0, 4);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The ids of the keys only. */
  @Override
  public String toString() {
    return "SecretCipher" + keys;
  }
}

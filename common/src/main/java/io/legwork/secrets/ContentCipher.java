package io.legwork.secrets;

import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals what tasks carry, for tenants that ask for it: payloads, checkpoints, results, and the
 * notifications that tell of results. AES-256-GCM (NIST SP 800-38D) under a key of its own for each
 * document, derived with HKDF-SHA256 (RFC 5869) from a configured key and from what the document
 * is: a document in the place of another cannot be opened, and no key seals so many that its
 * nonces, which are random, might repeat (section 8.3: 2^32 under one key, which a busy system
 * would pass within days). Thread-safe.
 *
 * <p>A sealed document: the byte 1, the id of the configured key (4 bytes), the nonce (12 bytes),
 * the ciphertext with its tag (16 bytes more than the document).
 */
public final class ContentCipher {

  /** Keeps everything as it is, and reads nothing that is sealed. */
  public static final ContentCipher NONE = new ContentCipher(SecretCipher.of(List.of()), List.of());

  /** Stands for every tenant. */
  public static final String ALL = "*";

  /** How many bytes a sealed document is longer. */
  public static final int OVERHEAD = 1 + 4 + 12 + 16;

  private static final int NONCE_BYTES = 12;
  private static final int HEAD = OVERHEAD - 16;
  private static final int KEY_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final SecretCipher keys;
  private final Set<String> tenants;

  /** What a document is to its task or delivery. */
  public enum Part {
    /** What a task was submitted with. */
    PAYLOAD,
    /** What an attempt kept for the next one. */
    CHECKPOINT,
    /** What a task came to. */
    RESULT,
    /** What a delivery tells. */
    NOTIFICATION
  }

  /**
   * @param keys the first one seals, all of them open
   * @param tenants whose tasks are sealed; {@link #ALL} for everybody's
   * @throws IllegalArgumentException if there are tenants and no key
   */
  public ContentCipher(SecretCipher keys, Collection<String> tenants) {
    if (!tenants.isEmpty() && !keys.isAvailable()) {
      throw new IllegalArgumentException("nothing can be sealed without a key");
    }
    this.keys = keys;
    this.tenants = Set.copyOf(tenants);
  }

  /** Keeps a document of a tenant: sealed, if its tasks are to be. */
  public KeptJson keep(String tenant, Part part, UUID owner, Json document) {
    return keep(tenants.contains(tenant) || tenants.contains(ALL), part, owner, document);
  }

  /**
   * Keeps a document.
   *
   * @param sealed whether nobody without the key may read it
   * @param owner the task or the delivery that it belongs to
   * @throws IllegalStateException if it is to be sealed and there is no key
   */
  public KeptJson keep(boolean sealed, Part part, UUID owner, Json document) {
    return sealed ? seal(part, owner, document) : KeptJson.plain(document);
  }

  private KeptJson seal(Part part, UUID owner, Json document) {
    SecretCipher.Key key = keys.first();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, derived(key, part, owner), nonce, document.bytes(), 0);
    return KeptJson.of(
        ByteBuffer.allocate(HEAD + sealed.length)
            .put(KeptJson.SEALED)
            .put(HexFormat.of().parseHex(key.id()))
            .put(nonce)
            .put(sealed)
            .array());
  }

  /**
   * Reads a document that was kept.
   *
   * @throws SecretUnreadableException if it was sealed with a key that is not configured, is
   *     another document's, or was changed
   */
  public Json open(Part part, UUID owner, KeptJson kept) {
    byte[] bytes = kept.bytes();
    if (!kept.isSealed()) {
      return Json.of(bytes);
    }
    if (bytes.length < OVERHEAD) {
      throw new SecretUnreadableException("it is damaged");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(bytes).get(HEAD - NONCE_BYTES, nonce);
    SecretCipher.Key key = keys.withId(HexFormat.of().formatHex(bytes, 1, 5));
    return Json.of(run(Cipher.DECRYPT_MODE, derived(key, part, owner), nonce, bytes, HEAD));
  }

  private static SecretKey derived(SecretCipher.Key key, Part part, UUID owner) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract()
                  .addIKM(key.key())
                  .thenExpand(
                      "legwork: %s of %s".formatted(part, owner).getBytes(StandardCharsets.UTF_8),
                      KEY_BYTES));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform from 25 has HKDF-SHA256", missing);
    }
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, int from) {
    try {
      Cipher cipher = Cipher.getInstance(SecretCipher.TRANSFORMATION);
      cipher.init(mode, key, new GCMParameterSpec(SecretCipher.TAG_BITS, nonce));
      return cipher.doFinal(input, from, input.length - from);
    } catch (GeneralSecurityException refused) {
      throw new SecretUnreadableException("it is damaged or another document's");
    }
  }
}

package io.legwork.access;

import io.legwork.secrets.Sha256;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it: {@code lw_<tenant>_<random>}. Legwork itself keeps only its SHA-256.
 * A slow hash, as passwords need it, would be wasted: it makes guessing dear, and nobody guesses
 * one of 2^256 keys; but every request would pay for it.
 */
public final class KeyText {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** 62^43 is just above 2^256. */
  private static final int LENGTH = 43;

  private static final Pattern KEY =
      Pattern.compile("lw_(" + TenantName.PATTERN + ")_[0-9A-Za-z]{" + LENGTH + ",128}");

  private final String text;
  private final String tenant;

  private KeyText(String text, String tenant) {
    this.text = text;
    this.tenant = tenant;
  }

  /**
   * Makes a new key of 256 random bits.
   *
   * @param random cannot be predicted
   */
  public static KeyText make(String tenant, RandomGenerator random) {
    var text = new StringBuilder("lw_").append(tenant).append('_');
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new KeyText(text.toString(), tenant);
  }

  /** The key that a text is, if it has the form of one. */
  public static Optional<KeyText> parse(String text) {
    Matcher matcher = KEY.matcher(text);
    return matcher.matches() ? Optional.of(new KeyText(text, matcher.group(1))) : Optional.empty();
  }

  /** The tenant it names; which one it belongs to only the ledger knows. */
  public String tenant() {
    return tenant;
  }

  /** Its SHA-256, in hexadecimal digits. */
  public String hash() {
    return Sha256.hex(text);
  }

  /** The key itself, to be shown to its owner once. */
  public String secret() {
    return text;
  }

  /** Leaves the random part out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "lw_" + tenant + "_…";
  }
}

package io.legwork.subscription;

/** How webhooks are signed (Standard Webhooks 1.0). */
public enum Signing {
  /** With a shared secret: {@code v1}. */
  HMAC_SHA256(0),
  /** With a private key: {@code v1a}. */
  ED25519(1);

  private final int code;

  Signing(int code) {
    this.code = code;
  }

  /** The number the ledger stores; never reused for another one. */
  public int code() {
    return code;
  }

  /**
   * The one with the given code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Signing ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new IllegalArgumentException("no Signing has the code " + code);
    }
    return values()[code];
  }
}

package io.legwork.subscription;

/** How a subscriber is told. */
public enum Channel {
  /** A signed HTTP request. */
  WEBHOOK(0),
  /** A mail. */
  EMAIL(1),
  /** A message to an exchange of the broker. */
  AMQP(2);

  private final int code;

  Channel(int code) {
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
  public static Channel ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new IllegalArgumentException("no Channel has the code " + code);
    }
    return values()[code];
  }
}

package io.legwork.subscription;

/** How a subscription stands. */
public enum SubscriptionState {
  /** Its events are delivered. */
  ACTIVE(0),
  /** Its events are kept until it is resumed. */
  PAUSED(1),
  /** Nothing more is created for it until it is resumed: its receiver is gone or only failed. */
  DISABLED(2),
  /** It is a mark for the deliveries that refer to it. */
  DELETED(3);

  private final int code;

  SubscriptionState(int code) {
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
  public static SubscriptionState ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new IllegalArgumentException("no SubscriptionState has the code " + code);
    }
    return values()[code];
  }
}

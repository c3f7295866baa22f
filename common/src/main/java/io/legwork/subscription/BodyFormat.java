package io.legwork.subscription;

/** How an event is written. */
public enum BodyFormat {
  /** The body of Standard Webhooks 1.0. */
  STANDARD(0),
  /** A CloudEvent 1.0 in the structured mode. */
  CLOUDEVENTS(1),
  /** A CloudEvent 1.0 in the binary mode: attributes in headers, the data as body. */
  CLOUDEVENTS_BINARY(2);

  private final int code;

  BodyFormat(int code) {
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
  public static BodyFormat ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new IllegalArgumentException("no BodyFormat has the code " + code);
    }
    return values()[code];
  }
}

package io.legwork.ledger;

import java.util.Arrays;

/** How a delivery stands. */
public enum DeliveryState {
  /** An attempt is under way or still to come. */
  PENDING(0),
  /** The receiver has taken it. */
  DELIVERED(1),
  /** No attempt succeeded, and none follows. */
  EXHAUSTED(2),
  /** The receiver said that it wants no more of them. */
  DISABLED(3);

  private final int code;

  DeliveryState(int code) {
    this.code = code;
  }

  /** The number the ledger stores; never reused for another state. */
  public int code() {
    return code;
  }

  static DeliveryState ofCode(int code) {
    return Arrays.stream(values())
        .filter(state -> state.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no delivery state has the code " + code));
  }
}

package io.legwork.task;

import java.util.Locale;

/** The class of service of a task: each has its own queue, so that none waits behind another. */
public enum Priority {
  HIGH(0),
  NORMAL(1),
  LOW(2);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /** The number the ledger stores. */
  public int code() {
    return code;
  }

  /** The name used in JSON and in queue names: {@code high}, {@code normal} or {@code low}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The priority with the given code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Priority ofCode(int code) {
    return switch (code) {
      case 0 -> HIGH;
      case 1 -> NORMAL;
      case 2 -> LOW;
      default -> throw new IllegalArgumentException("no priority has the code " + code);
    };
  }
}

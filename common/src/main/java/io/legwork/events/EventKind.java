package io.legwork.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a task, as far as anybody is told. */
public enum EventKind {
  /** It is done. */
  SUCCEEDED(1, true),
  /** It failed for good. */
  FAILED(2, true),
  /** An attempt failed; another one follows. */
  RETRYING(3, false),
  /** It was cancelled. */
  CANCELLED(4, true),
  /** It was not started by its deadline. */
  EXPIRED(5, true),
  /** It was over, and an operator has started it anew. */
  REDRIVEN(6, false);

  private static final String PREFIX = "task.";

  private final int code;
  private final boolean terminal;

  EventKind(int code, boolean terminal) {
    this.code = code;
    this.terminal = terminal;
  }

  /** The number the ledger stores; never reused for another kind. */
  public int code() {
    return code;
  }

  /** Whether the task is over with it. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The name on every channel, such as {@code task.succeeded}. */
  public String wireName() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind with the given code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EventKind ofCode(int code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no event kind has the code " + code));
  }

  /** The kind with the given wire name, if there is one. */
  public static Optional<EventKind> ofWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }
}

package io.legwork.messaging;

/**
 * An exchange or queue of the name we need exists but is of another kind. Nothing the service can
 * do: an operator must decide what becomes of it and of the messages in it.
 */
public final class TopologyMismatchException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String difference;

  TopologyMismatchException(String kind, String name, String difference, Throwable cause) {
    super(
        "The broker has a %s %s of another kind: %s. Messages for it cannot be handled safely."
                .formatted(kind, name, difference)
            + " Empty and delete it, then start again: it is declared anew, and tasks that were in"
            + " it are sent again from the ledger.",
        cause);
    this.name = name;
    this.difference = difference;
  }

  /** The name of the exchange or queue. */
  public String name() {
    return name;
  }

  /** What the broker says differs. */
  public String difference() {
    return difference;
  }
}

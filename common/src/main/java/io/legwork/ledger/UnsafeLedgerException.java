package io.legwork.ledger;

import java.util.List;

/**
 * The database may forget what it has committed, so that nothing could be promised to anybody. An
 * operator has to change its settings.
 */
public final class UnsafeLedgerException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final List<String> settings;

  UnsafeLedgerException(List<String> settings) {
    super(
        "The database would lose committed tasks in a crash, because of its settings "
            + String.join(", ", settings)
            + ".");
    this.settings = List.copyOf(settings);
  }

  /** What is set wrongly, for example {@code fsync = off (set in the configuration file)}. */
  public List<String> settings() {
    return settings;
  }
}

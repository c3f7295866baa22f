package io.legwork.ledger;

import java.sql.SQLException;
import java.util.Set;

/** The database refused a statement or could not be reached. */
public final class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Data exceptions and integrity violations (PostgreSQL manual, appendix A). */
  private static final Set<String> ROW_CLASSES = Set.of("21", "22", "23");

  /** Serialization failure and deadlock: the server rolled back and asks to be tried again. */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private final String sqlState;

  LedgerException(String doing, SQLException cause) {
    super("The ledger could not " + doing + ": " + cause.getMessage(), cause);
    this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /** Whether a value of some row is at fault, so that other rows of the batch may be written. */
  public static boolean blamesOneRow(RuntimeException failure) {
    return failure instanceof LedgerException ledger
        && ledger.sqlState.length() == 5
        && ROW_CLASSES.contains(ledger.sqlState.substring(0, 2));
  }

  /** Whether the server rolled the statement back and it may be repeated at once. */
  boolean mayBeRepeated() {
    return TRY_AGAIN.contains(sqlState);
  }
}

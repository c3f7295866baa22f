package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets the parameters of a statement one after the other. */
final class Parameters {

  private final PreparedStatement statement;
  private int next = 1;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters add(Object value) throws SQLException {
    statement.setObject(next++, value);
    return this;
  }
}

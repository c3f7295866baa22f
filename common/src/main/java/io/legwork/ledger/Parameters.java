package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

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

  Parameters textOrNull(@Nullable String value) throws SQLException {
    statement.setString(next++, value);
    return this;
  }

  Parameters numberOrNull(@Nullable Number value) throws SQLException {
    statement.setObject(next++, value, Types.BIGINT);
    return this;
  }

  Parameters ids(Collection<TaskId> values) throws SQLException {
    Object[] ids = values.stream().map(TaskId::value).toArray();
    return add(statement.getConnection().createArrayOf("uuid", ids));
  }

  Parameters texts(Collection<String> values) throws SQLException {
    return add(statement.getConnection().createArrayOf("text", values.toArray()));
  }
}

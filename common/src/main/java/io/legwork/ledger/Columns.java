package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds rows to a statement as one array a column, the parameters of its {@code unnest}. Columns
 * are bound in the order of the calls.
 */
final class Columns<R> {

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<R> rows;
  private int parameter;

  Columns(Connection connection, PreparedStatement statement, int first, List<R> rows) {
    this.connection = connection;
    this.statement = statement;
    this.parameter = first;
    this.rows = rows;
  }

  Columns<R> uuids(Function<R, @Nullable UUID> value) throws SQLException {
    return bind("uuid", UUID[]::new, value);
  }

  Columns<R> texts(Function<R, @Nullable String> value) throws SQLException {
    return bind("text", String[]::new, value);
  }

  Columns<R> integers(Function<R, @Nullable Integer> value) throws SQLException {
    return bind("int4", Integer[]::new, value);
  }

  Columns<R> longs(Function<R, @Nullable Long> value) throws SQLException {
    return bind("int8", Long[]::new, value);
  }

  Columns<R> doubles(Function<R, @Nullable Double> value) throws SQLException {
    return bind("float8", Double[]::new, value);
  }

  Columns<R> booleans(Function<R, @Nullable Boolean> value) throws SQLException {
    return bind("bool", Boolean[]::new, value);
  }

  Columns<R> times(Function<R, @Nullable Instant> value) throws SQLException {
    return bind("timestamptz", String[]::new, row -> text(value.apply(row)));
  }

  Columns<R> bytes(Function<R, byte @Nullable []> value) throws SQLException {
    byte[] @Nullable [] column = new byte[rows.size()] @Nullable [];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    statement.setArray(parameter++, connection.createArrayOf("bytea", column));
    return this;
  }

  /** Arrays of the very type go to the server in its binary form, where the driver has one. */
  private <V> Columns<R> bind(
      String type, IntFunction<@Nullable V[]> array, Function<R, ? extends @Nullable V> value)
      throws SQLException {
    @Nullable V[] column = array.apply(rows.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    statement.setArray(parameter++, connection.createArrayOf(type, column));
    return this;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

package io.legwork.ledger;

import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conversions between rows and values. */
final class Rows {

  private Rows() {}

  static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable Json jsonOrNull(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : Json.of(bytes);
  }

  static @Nullable KeptJson keptOrNull(ResultSet row, String column) throws SQLException {
    return KeptJson.ofNullable(row.getBytes(column));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** PostgreSQL's notation of an array of texts; null for none, which takes no room in a row. */
  static @Nullable String arrayLiteral(List<String> values) {
    return values.isEmpty()
        ? null
        : values.stream()
            .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(",", "{", "}"));
  }
}

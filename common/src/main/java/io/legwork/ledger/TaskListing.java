package io.legwork.ledger;

import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one page: the same conditions on open and on finished tasks, each cut to the page's
 * size before they are merged. Who asks for a state has only those asked that can be in it: to find
 * none among all that wait takes the longer the more they are. Ids order by the time of submission,
 * so that time is a bound on ids.
 */
record TaskListing(
    @Nullable TaskState state, List<String> conditions, List<Object> values, int limit) {

  static TaskListing of(TaskFilter filter, int limit) {
    TaskState state = filter.state();
    TaskListing listing = new TaskListing(state, new ArrayList<>(), new ArrayList<>(), limit);
    listing.where("t.tenant = ?", filter.tenant());
    listing.where("t.state = ?", state == null ? null : state.code());
    listing.where("t.type = ?", filter.type());
    listing.where("t.queue = ?", filter.queue());
    listing.within("t.type", filter.scope().types());
    listing.within("t.queue", filter.scope().queues());
    listing.where(
        "t.id >= ?",
        filter.submittedAfter() == null ? null : UuidV7.floor(filter.submittedAfter()));
    listing.where("t.id < ?", filter.before() == null ? null : filter.before().value());
    listing.where(
        "exists (select from task_input g where g.id = t.id and g.tags @> array[?::text])",
        filter.tag());
    return listing;
  }

  private void within(String column, Set<String> names) {
    where(column + " = any(?::text[])", Rows.arrayLiteral(names.stream().sorted().toList()));
  }

  private void where(String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  /**
   * The statement.
   *
   * @param open what is told of open tasks, up to their table, which is {@code t}
   * @param finished the same of finished ones
   */
  String select(String open, String finished) {
    String tail = " where " + String.join(" and ", conditions) + " order by t.id desc limit ?";
    if (state != null) {
      return (state.isTerminal() ? finished : open) + tail;
    }
    return "select * from ((%s) union all (%s)) t order by t.id desc limit ?"
        .formatted(open + tail, finished + tail);
  }

  void bind(Parameters parameters) throws SQLException {
    bindOne(parameters);
    if (state == null) {
      bindOne(parameters);
      parameters.add(limit);
    }
  }

  private void bindOne(Parameters parameters) throws SQLException {
    for (Object value : values) {
      parameters.add(value);
    }
    parameters.add(limit);
  }
}

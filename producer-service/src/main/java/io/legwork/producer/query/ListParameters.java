package io.legwork.producer.query;

import io.legwork.access.Caller;
import io.legwork.ledger.TaskFilter;
import io.legwork.problems.ProblemException;
import io.legwork.problems.QueryParameters;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The query parameters of the list, read and found valid.
 *
 * @param filters the filters in an unambiguous form, to bind cursors to
 */
public record ListParameters(TaskFilter filter, int limit, String filters) {

  private static final Set<String> FILTERS =
      new TreeSet<>(List.of("state", "type", "queue", "tag", "submittedAfter"));

  /**
   * Reads the parameters; only tasks of the caller's tenant and within its scope pass the filter.
   *
   * @throws ProblemException naming all that are wrong
   */
  public static ListParameters read(Caller caller, Map<String, String[]> parameters) {
    Set<String> known = new TreeSet<>(FILTERS);
    known.addAll(List.of("cursor", "limit"));
    var reader = new QueryParameters(parameters, known);
    TaskState state = reader.choice("state", TaskState.class);
    Instant submittedAfter = reader.time("submittedAfter");
    int limit = reader.limit();
    reader.requireValid();
    String filters =
        caller.tenant()
            + FILTERS.stream()
                .map(name -> "\n" + name + "=" + reader.text(name))
                .collect(Collectors.joining());
    String cursor = reader.text("cursor");
    TaskId before = cursor == null ? null : Cursor.read(cursor, filters);
    TaskFilter filter =
        new TaskFilter(
            caller.tenant(),
            state,
            reader.text("type"),
            reader.text("queue"),
            reader.text("tag"),
            submittedAfter,
            before,
            caller.scope());
    return new ListParameters(filter, limit, filters);
  }
}

package io.legwork.producer.query;

import io.legwork.access.Caller;
import io.legwork.ledger.TaskFilter;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of the list, read and found valid.
 *
 * @param filters the filters in an unambiguous form, to bind cursors to
 */
public record ListParameters(TaskFilter filter, int limit, String filters) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  private static final Set<String> FILTERS =
      new TreeSet<>(List.of("state", "type", "queue", "tag", "submittedAfter"));
  private static final int MAX_LENGTH = 128;

  /**
   * Reads the parameters; only tasks of the caller's tenant and within its scope pass the filter.
   *
   * @throws ProblemException naming all that are wrong
   */
  public static ListParameters read(Caller caller, Map<String, String[]> parameters) {
    var reader = new Reader(parameters);
    TaskState state = reader.state();
    Instant submittedAfter = reader.time();
    int limit = reader.limit();
    reader.refuseOthers();
    if (!reader.errors.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, reader.errors));
    }
    String filters =
        caller.tenant() + FILTERS.stream().map(reader::pair).collect(Collectors.joining());
    String cursor = reader.value("cursor");
    TaskId before = cursor == null ? null : Cursor.read(cursor, filters);
    TaskFilter filter =
        new TaskFilter(
            caller.tenant(),
            state,
            reader.value("type"),
            reader.value("queue"),
            reader.value("tag"),
            submittedAfter,
            before,
            caller.scope());
    return new ListParameters(filter, limit, filters);
  }

  /** Collects what is wrong while the parameters are read one by one. */
  private static final class Reader {

    private final Map<String, String[]> parameters;
    private final List<FieldError> errors = new ArrayList<>();

    private Reader(Map<String, String[]> parameters) {
      this.parameters = parameters;
    }

    private void refuse(String name, String detail) {
      errors.add(new FieldError(detail, Pointer.ROOT.child(name)));
    }

    private @Nullable String value(String name) {
      String[] values = parameters.get(name);
      return values == null ? null : values[0];
    }

    private String pair(String name) {
      return "\n" + name + "=" + value(name);
    }

    private @Nullable TaskState state() {
      String text = value("state");
      if (text == null) {
        return null;
      }
      for (TaskState state : TaskState.values()) {
        if (state.name().equals(text)) {
          return state;
        }
      }
      refuse("state", "must be one of " + Arrays.toString(TaskState.values()));
      return null;
    }

    private @Nullable Instant time() {
      String text = value("submittedAfter");
      if (text == null) {
        return null;
      }
      try {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() >= 1970 && time.getYear() <= 9999) {
          return time.toInstant();
        }
      } catch (DateTimeException _) {
        // Refused like a year out of range.
      }
      refuse("submittedAfter", "must be a time such as 2027-01-31T09:30:00Z (RFC 3339)");
      return null;
    }

    private int limit() {
      String text = value("limit");
      if (text == null) {
        return DEFAULT_LIMIT;
      }
      int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
      if (limit < 1 || limit > MAX_LIMIT) {
        refuse("limit", "must be a whole number from 1 to " + MAX_LIMIT);
      }
      return limit;
    }

    private void refuseOthers() {
      Set<String> known = new TreeSet<>(FILTERS);
      known.addAll(List.of("cursor", "limit"));
      parameters.forEach((name, values) -> {
        if (!known.contains(name)) {
          refuse(name, "is not a parameter; there are " + String.join(", ", known));
        } else if (values.length > 1) {
          refuse(name, "must be given once");
        } else if (values[0].length() > MAX_LENGTH || values[0].indexOf('\0') >= 0) {
          refuse(name, "must have at most %d characters, none NUL".formatted(MAX_LENGTH));
        }
      });
    }
  }
}

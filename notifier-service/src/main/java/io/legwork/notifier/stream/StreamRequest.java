package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import io.legwork.authentication.StreamLinks;
import io.legwork.events.EventKind;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks for.
 *
 * @param seen the sequence of the last event it has, if it has any
 * @param progress whether to show how far the one task has come
 */
record StreamRequest(EventFilter filter, OptionalLong seen, boolean progress) {

  /** Sent by browsers when they connect again; tells more than the parameter in the same URL. */
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final Set<String> PARAMETERS =
      new TreeSet<>(List.of(StreamLinks.PARAMETER, "lastEventId", "states", "task", "types"));
  private static final Set<String> PARAMETERS_OF_LINK =
      new TreeSet<>(List.of("seconds", "states", "task", "types"));
  private static final Set<String> PARAMETERS_OF_TASK = Set.of("lastEventId");
  private static final int LONGEST = 2_000;

  /**
   * Reads the parameters and headers.
   *
   * @throws ProblemException naming all that are wrong
   */
  static StreamRequest read(Caller caller, HttpServletRequest request) {
    return read(caller, request, PARAMETERS);
  }

  /**
   * Looks at the parameters of a link to a stream.
   *
   * @throws ProblemException naming all that are wrong
   */
  static void requireValidLink(Caller caller, HttpServletRequest request) {
    var _ = read(caller, request, PARAMETERS_OF_LINK);
  }

  private static StreamRequest read(
      Caller caller, HttpServletRequest request, Set<String> parameters) {
    var reader = new Reader(request);
    var types = reader.list("types");
    var kinds = reader.kinds();
    var task = reader.task();
    var seen = reader.seen();
    reader.requireNothingElse(parameters);
    return new StreamRequest(new EventFilter(caller, types, kinds, task), seen, false);
  }

  /**
   * Reads the parameters and headers of a stream about one task.
   *
   * @param id of the task, as it stands in the path
   * @throws ProblemException naming all that are wrong
   */
  static StreamRequest readOfTask(Caller caller, String id, HttpServletRequest request) {
    TaskId task =
        TaskId.parse(id)
            .orElseThrow(() ->
                new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
    var reader = new Reader(request);
    var seen = reader.seen();
    reader.requireNothingElse(PARAMETERS_OF_TASK);
    return new StreamRequest(new EventFilter(caller, Set.of(), Set.of(), task), seen, true);
  }

  /** Collects what is wrong while the parameters are read one by one. */
  private static final class Reader {

    private final HttpServletRequest request;
    private final List<FieldError> errors = new ArrayList<>();

    private Reader(HttpServletRequest request) {
      this.request = request;
    }

    private void refuse(String name, String detail) {
      errors.add(new FieldError(detail, Pointer.ROOT.child(name)));
    }

    /** Comma separated, given once or several times. */
    private Set<String> list(String name) {
      Set<String> items = new LinkedHashSet<>();
      String[] values = request.getParameterValues(name);
      for (String value : values == null ? new String[0] : values) {
        Arrays.stream(value.split(",", -1)).map(String::strip).forEach(items::add);
      }
      if (items.contains("")) {
        refuse(name, "must be one or more names separated by commas, none empty");
      }
      return items;
    }

    private Set<EventKind> kinds() {
      Set<EventKind> kinds = new LinkedHashSet<>();
      for (String name : list("states")) {
        Arrays.stream(EventKind.values())
            .filter(kind -> kind.name().equals(name))
            .findFirst()
            .ifPresentOrElse(
                kinds::add,
                () -> refuse("states", "must be of " + Arrays.toString(EventKind.values())));
      }
      return kinds;
    }

    private @Nullable TaskId task() {
      String text = single("task");
      if (text == null) {
        return null;
      }
      Optional<TaskId> task = TaskId.parse(text);
      if (task.isEmpty()) {
        refuse("task", "must be the id of a task");
      }
      return task.orElse(null);
    }

    private OptionalLong seen() {
      String header = request.getHeader(LAST_EVENT_ID);
      String text = header == null || header.isEmpty() ? single("lastEventId") : header;
      if (text == null || text.isEmpty()) {
        return OptionalLong.empty();
      }
      if (!text.matches("[0-9]{1,18}")) {
        refuse("lastEventId", "must be the id of an event of this stream, a whole number");
        return OptionalLong.empty();
      }
      return OptionalLong.of(Long.parseLong(text));
    }

    private @Nullable String single(String name) {
      String[] values = request.getParameterValues(name);
      if (values == null) {
        return null;
      }
      if (values.length > 1) {
        refuse(name, "must be given once");
      }
      return values[0];
    }

    private void requireNothingElse(Set<String> known) {
      request
          .getParameterMap()
          .forEach((name, values) -> {
            if (!known.contains(name)) {
              refuse(name, "is not a parameter; there are " + String.join(", ", known));
            } else if (String.join(",", values).length() > LONGEST) {
              refuse(name, "must have at most %d characters".formatted(LONGEST));
            }
          });
      if (!errors.isEmpty()) {
        throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, errors));
      }
    }
  }
}

package io.legwork.problems;

import io.legwork.task.TaskId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list one by one, and collects all that is wrong with them. */
public final class QueryParameters {

  /** The length of a page when none is asked for. */
  public static final int DEFAULT_LIMIT = 50;

  /** The longest page. */
  public static final int MAX_LIMIT = 200;

  private static final int MAX_LENGTH = 128;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private final Map<String, String[]> parameters;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * @param known the parameters there may be
   */
  public QueryParameters(Map<String, String[]> parameters, Set<String> known) {
    this.parameters = parameters;
    parameters.forEach((name, values) -> {
      if (!known.contains(name)) {
        refuse(name, "is not a parameter; there are " + String.join(", ", new TreeSet<>(known)));
      } else if (values.length > 1) {
        refuse(name, "must be given once");
      } else if (values[0].length() > MAX_LENGTH || values[0].indexOf('\0') >= 0) {
        refuse(name, "must have at most %d characters, none NUL".formatted(MAX_LENGTH));
      }
    });
  }

  /** The parameter as it was given, or null. */
  public @Nullable String text(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  /** One of several names, or null if there is none or it is refused. */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E choice : type.getEnumConstants()) {
      if (choice.name().equals(text)) {
        return choice;
      }
    }
    refuse(name, "must be one of " + Arrays.toString(type.getEnumConstants()));
    return null;
  }

  /** A time, or null if there is none or it is refused. */
  public @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException _) {
      // Refused like a year out of range.
    }
    refuse(name, "must be a time such as 2027-01-31T09:30:00Z (RFC 3339)");
    return null;
  }

  /** How long a page may be: {@code limit}. */
  public int limit() {
    String text = text("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      refuse("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  /** An id, or null if there is none or it is refused. */
  public @Nullable UUID id(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    UUID id = TaskId.parse(text).map(TaskId::value).orElse(null);
    if (id == null) {
      refuse(name, "must be an id as it was given out");
    }
    return id;
  }

  /** Adds something that is wrong. */
  public void refuse(String name, String detail) {
    errors.add(new FieldError(detail, Pointer.ROOT.child(name)));
  }

  /**
   * To be called when all have been read.
   *
   * @throws ProblemException naming all that are wrong
   */
  public void requireValid() {
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, errors));
    }
  }
}

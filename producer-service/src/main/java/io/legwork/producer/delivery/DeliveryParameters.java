package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryFilter;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.NewDelivery;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
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

/** Reads the query parameters that choose deliveries, and collects all that is wrong with them. */
final class DeliveryParameters {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  private static final int MAX_LENGTH = 128;

  private final Map<String, String[]> parameters;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * @param known the parameters there may be
   */
  DeliveryParameters(Map<String, String[]> parameters, Set<String> known) {
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

  DeliveryFilter filter(String tenant) {
    return new DeliveryFilter(
        tenant, subscription(), state(), value("type"), since(), id("cursor"));
  }

  /** The id of a subscription or {@code callback}, as deliveries name it. */
  @Nullable String subscription() {
    String text = value("subscription");
    if (text == null || text.equals(NewDelivery.CALLBACK)) {
      return text;
    }
    UUID id = id("subscription");
    return id == null ? null : id.toString();
  }

  private @Nullable DeliveryState state() {
    String text = value("state");
    if (text == null) {
      return null;
    }
    for (DeliveryState state : DeliveryState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    refuse("state", "must be one of " + Arrays.toString(DeliveryState.values()));
    return null;
  }

  @Nullable Instant since() {
    String text = value("since");
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
    refuse("since", "must be a time such as 2027-01-31T09:30:00Z (RFC 3339)");
    return null;
  }

  int limit() {
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

  private @Nullable UUID id(String name) {
    String text = value(name);
    if (text == null) {
      return null;
    }
    UUID id = TaskId.parse(text).map(TaskId::value).orElse(null);
    if (id == null) {
      refuse(name, "must be an id as it was given out");
    }
    return id;
  }

  private @Nullable String value(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  void refuse(String name, String detail) {
    errors.add(new FieldError(detail, Pointer.ROOT.child(name)));
  }

  /**
   * To be called when all have been read.
   *
   * @throws ProblemException naming all that are wrong
   */
  void requireValid() {
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, errors));
    }
  }
}

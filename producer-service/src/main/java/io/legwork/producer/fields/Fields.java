package io.legwork.producer.fields;

import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonArray;
import io.legwork.producer.json.JsonValue.JsonBoolean;
import io.legwork.producer.json.JsonValue.JsonNull;
import io.legwork.producer.json.JsonValue.JsonNumber;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.producer.json.JsonValue.Opaque;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object. Reading a field never fails: what is wrong is added to the errors and
 * the field counts as absent, so that the sender learns of all errors at once. A null counts as
 * absent, too.
 */
public final class Fields {

  private final Map<String, JsonValue> members;
  private final Pointer pointer;
  private final List<FieldError> errors;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * The fields of an object.
   *
   * @param pointer where the object is in the document
   * @param errors takes what is wrong
   */
  public Fields(JsonObject object, Pointer pointer, List<FieldError> errors) {
    this.members = object.members();
    this.pointer = pointer;
    this.errors = errors;
  }

  /** Adds an error about a field. */
  public void refuse(String name, String detail) {
    errors.add(new FieldError(detail, pointer.child(name)));
  }

  /** Refuses every field that was not asked for. */
  public void refuseOthers() {
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        refuse(name, "is not a field of this object, which has " + String.join(", ", known));
      }
    }
  }

  /** Refuses the field if it is absent. */
  public void require(String name) {
    if (!has(name)) {
      refuse(name, "is missing");
    }
  }

  /** Whether the field is there, with whatever value. */
  public boolean has(String name) {
    known.add(name);
    JsonValue value = members.get(name);
    return value != null && !(value instanceof JsonNull);
  }

  /** A field that is not taken apart. */
  public @Nullable Opaque opaque(String name) {
    known.add(name);
    return members.get(name) instanceof Opaque value ? value : null;
  }

  /** The field as a string, null if it is absent or something else. */
  public @Nullable String text(String name) {
    JsonText text = get(name, JsonText.class, "a string");
    return text == null ? null : text.value();
  }

  /** The field as an object whose errors are collected with those of this one. */
  public @Nullable Fields object(String name) {
    JsonObject object = get(name, JsonObject.class, "an object");
    return object == null ? null : new Fields(object, pointer.child(name), errors);
  }

  /** The members of a field that is an object with names of the sender's choice. */
  public Map<String, JsonValue> entries(String name) {
    JsonObject object = get(name, JsonObject.class, "an object");
    return object == null ? Map.of() : object.members();
  }

  /** The items of a field that is an array. */
  public List<JsonValue> items(String name) {
    JsonArray array = get(name, JsonArray.class, "an array");
    return array == null ? List.of() : array.items();
  }

  /** Adds an error about a member or an item of a field. */
  public void refuseWithin(String name, String inner, String detail) {
    errors.add(new FieldError(detail, pointer.child(name).child(inner)));
  }

  /** The field as a whole number within bounds, null if it is absent or something else. */
  public @Nullable Integer integer(String name, int least, int most) {
    Long whole = whole(name, least, most);
    return whole == null ? null : Math.toIntExact(whole);
  }

  /** The field as a whole number within bounds, null if it is absent or something else. */
  public @Nullable Long whole(String name, long least, long most) {
    JsonNumber number = get(name, JsonNumber.class, "a number");
    if (number == null) {
      return null;
    }
    if (number.text().matches("-?[0-9]{1,18}")) {
      long value = Long.parseLong(number.text());
      if (value >= least && value <= most) {
        return value;
      }
    }
    refuse(name, "must be a whole number from %d to %d".formatted(least, most));
    return null;
  }

  /** A field that is true or false. */
  public @Nullable Boolean truth(String name) {
    JsonBoolean truth = get(name, JsonBoolean.class, "true or false");
    return truth == null ? null : truth.value();
  }

  /** The field as a number within bounds, null if it is absent or something else. */
  public @Nullable Double decimal(String name, double least, double most) {
    JsonNumber number = get(name, JsonNumber.class, "a number");
    if (number == null) {
      return null;
    }
    double value = Double.parseDouble(number.text());
    if (value >= least && value <= most) {
      return value;
    }
    refuse(name, "must be a number from %s to %s".formatted(least, most));
    return null;
  }

  /** The field as a duration within bounds, null if it is absent or something else. */
  public @Nullable Duration duration(String name, Duration least, Duration most) {
    Duration duration = parsed(name, Durations::parse);
    if (duration == null) {
      return null;
    }
    if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
      return duration;
    }
    String wrong =
        duration.isNegative()
            ? "must not be negative"
            : "must be from %s to %s".formatted(Durations.write(least), Durations.write(most));
    refuse(name, wrong);
    return null;
  }

  /** The field as a point in time, null if it is absent or something else. */
  public @Nullable Instant time(String name) {
    return parsed(name, Times::parse);
  }

  private <T> @Nullable T parsed(String name, Function<String, T> parser) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (UnreadableException unreadable) {
      refuse(name, unreadable.detail());
      return null;
    }
  }

  private <T extends JsonValue> @Nullable T get(String name, Class<T> type, String expected) {
    known.add(name);
    JsonValue value = members.get(name);
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    refuse(name, "must be %s, not %s".formatted(expected, value.kind()));
    return null;
  }
}

package io.legwork.producer.web;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page, or null if this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** How long a page is where nobody can choose. */
  public static final int LENGTH = 100;

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A list that is told as a whole. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }

  /**
   * A page of a length.
   *
   * @param found what there is, asked for with a limit of one more than the length
   * @param cursor names the place of an item in the list
   */
  public static <T> Page<T> of(List<T> found, int length, Function<T, String> cursor) {
    if (found.size() <= length) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, length);
    return new Page<>(items, cursor.apply(items.getLast()));
  }

  /**
   * A page of {@link #LENGTH} of things that are listed by their ids.
   *
   * @param cursor as it was given out, null for the first page
   * @param list finds what follows an id, or the first if that is null, up to a limit
   * @throws ProblemException if the cursor was not given out here
   */
  public static <T> Page<T> byId(
      @Nullable String cursor,
      BiFunction<@Nullable UUID, Integer, List<T>> list,
      Function<T, UUID> id) {
    UUID after = cursor == null ? null : position(cursor);
    return of(list.apply(after, LENGTH + 1), LENGTH, item -> id.apply(item).toString());
  }

  private static UUID position(String cursor) {
    return TaskId.parse(cursor).map(TaskId::value).orElseThrow(Page::unknownCursor);
  }

  /** The refusal of a cursor. */
  public static ProblemException unknownCursor() {
    return new ProblemException(ProblemType.INVALID_CURSOR, "the cursor was not given out here");
  }

  /** Its {@code items} and the {@code nextCursor}, as the body of an answer. */
  public byte[] json(BiConsumer<JsonGenerator, T> writer) {
    var out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      items.forEach(item -> writer.accept(json, item));
      json.writeEndArray();
      if (next != null) {
        json.writeStringProperty("nextCursor", next);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}

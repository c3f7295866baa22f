package io.legwork.messaging;

import io.legwork.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object whose fields of interest are plain values or lists of such objects, and whose field
 * {@code v} tells the version of its format: what messages and events look like on the wire. Fields
 * that nobody asks for are ignored, so that a later release can add some without raising the
 * version.
 */
public final class FlatJson {

  /** The largest body that is looked at; ours have a few hundred bytes. */
  public static final int MAX_BODY = 64 * 1024;

  private static final int TYPICAL_BODY = 320;

  /** What is around a list. */
  private static final int FRAME = 32;

  private static final int MAX_NESTING = 50;
  private static final Object NESTED = new Object();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** The value of a field that is a list. */
  private record Objects(List<FlatJson> objects) {}

  private final Map<String, Object> fields;

  private FlatJson(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Writes an object of the given version.
   *
   * @param fields writes everything but the version
   */
  public static byte[] write(int version, Consumer<JsonGenerator> fields) {
    var out = new ByteArrayOutputStream(TYPICAL_BODY);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("v", version);
      fields.accept(json);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /**
   * Writes an object of the given version that has a list of others, whose bytes are taken as they
   * are.
   *
   * @param field a name that needs no escapes
   * @param objects each as {@link #write} gives it
   */
  public static byte[] writeList(int version, String field, List<byte[]> objects) {
    int size = objects.stream().mapToInt(object -> object.length + 1).sum();
    var out = new ByteArrayOutputStream(size + field.length() + FRAME);
    String before = "{\"v\":" + version + ",\"" + field + "\":[";
    for (byte[] object : objects) {
      out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
      out.writeBytes(object);
      before = ",";
    }
    out.writeBytes((objects.isEmpty() ? before + "]}" : "]}").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /**
   * Reads an object.
   *
   * @param version the latest version this service understands; earlier ones must be, too
   * @throws UnreadableMessageException if it is anything else, or of a later version
   */
  public static FlatJson read(byte[] body, int version) throws UnreadableMessageException {
    if (body.length == 0) {
      throw new UnreadableMessageException("the body is empty");
    }
    if (body.length > MAX_BODY) {
      throw new UnreadableMessageException("the body has more than " + MAX_BODY + " bytes");
    }
    var json = new FlatJson(parse(body));
    int found = json.integer("v", 1);
    if (found > version) {
      throw new UnreadableMessageException(
          "version %d is later than %d, which is the latest this service understands"
              .formatted(found, version));
    }
    return json;
  }

  private static Map<String, Object> parse(byte[] body) throws UnreadableMessageException {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableMessageException("the body is not a JSON object");
      }
      var fields = fields(parser);
      if (parser.nextToken() != null) {
        throw new UnreadableMessageException("something follows the JSON object");
      }
      return fields;
    } catch (JacksonException malformed) {
      throw new UnreadableMessageException("the body is not JSON" + whereabouts(malformed));
    }
  }

  private static String whereabouts(JacksonException malformed) {
    TokenStreamLocation location = malformed.getLocation();
    return location == null ? ", or too deep" : ", from byte " + location.getByteOffset();
  }

  private static Map<String, Object> fields(JsonParser parser) {
    Map<String, Object> fields = new HashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      Object value =
          switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_ARRAY -> new Objects(list(parser));
            default -> {
              parser.skipChildren();
              yield NESTED;
            }
          };
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  /** The objects of a list; what else it may have is not looked at. */
  private static List<FlatJson> list(JsonParser parser) {
    List<FlatJson> objects = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        objects.add(new FlatJson(fields(parser)));
      } else {
        parser.skipChildren();
      }
    }
    return objects;
  }

  /** The objects of a list, or null if the field is missing or null. */
  public @Nullable List<FlatJson> optionalList(String field) throws UnreadableMessageException {
    return switch (fields.get(field)) {
      case null -> null;
      case Objects(List<FlatJson> objects) -> objects;
      default -> throw wrong(field, "a list");
    };
  }

  /** A text that is there and not empty. */
  public String text(String field) throws UnreadableMessageException {
    String text = optionalText(field);
    if (text == null || text.isEmpty()) {
      throw wrong(field, "a text");
    }
    return text;
  }

  /** A text, or null if the field is missing or null. */
  public @Nullable String optionalText(String field) throws UnreadableMessageException {
    return switch (fields.get(field)) {
      case null -> null;
      case String text -> text;
      default -> throw wrong(field, "a text");
    };
  }

  /** A whole number from the given one up to the largest int. */
  public int integer(String field, int least) throws UnreadableMessageException {
    if (fields.get(field) instanceof Integer number && number >= least) {
      return number;
    }
    throw wrong(field, "a whole number from " + least);
  }

  /** A whole number from 1 up. */
  public long positive(String field) throws UnreadableMessageException {
    return switch (fields.get(field)) {
      case Integer number when number > 0 -> number;
      case Long number when number > 0 -> number;
      case null, default -> throw wrong(field, "a whole number from 1");
    };
  }

  /** True or false. */
  public boolean flag(String field) throws UnreadableMessageException {
    if (fields.get(field) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(field, "true or false");
  }

  /** The id of a task. */
  public TaskId task(String field) throws UnreadableMessageException {
    return new TaskId(uuid(field));
  }

  /** A UUID in its canonical form. */
  public UUID uuid(String field) throws UnreadableMessageException {
    var id = TaskId.parse(text(field));
    if (id.isEmpty()) {
      throw wrong(field, "a UUID");
    }
    return id.get().value();
  }

  /** A point in time, RFC 3339 in UTC. */
  public Instant instant(String field) throws UnreadableMessageException {
    try {
      return Instant.parse(text(field));
    } catch (DateTimeException malformed) {
      throw wrong(field, "a point in time");
    }
  }

  private static UnreadableMessageException wrong(String field, String expected) {
    return new UnreadableMessageException("the field " + field + " is not " + expected);
  }
}

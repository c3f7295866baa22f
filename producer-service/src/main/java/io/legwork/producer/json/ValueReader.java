package io.legwork.producer.json;

import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.producer.json.JsonDocument.Flaw;
import io.legwork.producer.json.JsonValue.JsonArray;
import io.legwork.producer.json.JsonValue.JsonBoolean;
import io.legwork.producer.json.JsonValue.JsonNull;
import io.legwork.producer.json.JsonValue.JsonNumber;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.producer.json.JsonValue.Opaque;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/** Reads the values of one document. The parser bounds its nesting, so recursion is safe. */
final class ValueReader {

  private static final int MOST_FLAWS = 1000;

  private final JsonParser parser;
  private final JsonShape shape;
  private final List<Flaw> flaws = new ArrayList<>();
  private int values;

  ValueReader(JsonParser parser, JsonShape shape) {
    this.parser = parser;
    this.shape = shape;
  }

  JsonValue document() {
    if (parser.nextToken() == null) {
      throw StrictJson.malformed("the body is empty", Pointer.ROOT);
    }
    JsonValue root = value(1);
    if (parser.nextToken() != null) {
      throw StrictJson.malformed("there is something after the end of the document", Pointer.ROOT);
    }
    return root;
  }

  List<Flaw> flaws() {
    return flaws;
  }

  /** The value that is being read. */
  Pointer here() {
    return pointer(parser.streamReadContext());
  }

  private static Pointer pointer(@Nullable TokenStreamContext context) {
    if (context == null || context.inRoot()) {
      return Pointer.ROOT;
    }
    Pointer parent = pointer(context.getParent());
    if (context.inArray()) {
      return parent.child(context.getCurrentIndex());
    }
    String name = context.currentName();
    return name == null ? parent : parent.child(name);
  }

  /** Reads the value that begins with the current token. */
  private JsonValue value(int depth) {
    if (++values > shape.maxValues()) {
      throw StrictJson.malformed("there are too many values outside of payloads", here());
    }
    int start = start();
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(start, depth);
      case START_ARRAY -> array(start, depth);
      case VALUE_STRING -> {
        checkText();
        yield new JsonText(parser.getString(), start, end());
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        checkNumber();
        yield new JsonNumber(parser.getString(), start, end());
      }
      case VALUE_TRUE -> new JsonBoolean(true, start, end());
      case VALUE_FALSE -> new JsonBoolean(false, start, end());
      case VALUE_NULL -> new JsonNull(start, end());
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("not the start of a value: " + parser.currentToken());
    };
  }

  private JsonObject object(int start, int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      checkName(!members.containsKey(name));
      parser.nextToken();
      boolean opaque = depth == shape.opaqueDepth() && name.equals(shape.opaqueName());
      members.put(name, opaque ? opaque() : value(depth + 1));
    }
    return new JsonObject(members, start, end());
  }

  private JsonArray array(int start, int depth) {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(depth + 1));
    }
    return new JsonArray(items, start, end());
  }

  private Opaque opaque() {
    int start = start();
    Deque<Set<String>> names = new ArrayDeque<>();
    int open = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT -> {
          open++;
          names.push(new HashSet<>());
        }
        case START_ARRAY -> open++;
        case END_OBJECT -> {
          open--;
          names.pop();
        }
        case END_ARRAY -> open--;
        case PROPERTY_NAME -> checkName(isNew(parser.currentName(), names.element(), start));
        case VALUE_STRING -> checkText();
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> checkNumber();
        case VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
      }
    } while (open > 0 && parser.nextToken() != null);
    return new Opaque(start, end());
  }

  /**
   * Remembers names only while the value may still be accepted: a large one must not fill memory.
   */
  private boolean isNew(String name, Set<String> names, int start) {
    return start() - start > shape.opaqueSize() || names.add(name);
  }

  private int start() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private int end() {
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  private void checkName(boolean isNew) {
    if (!isNew) {
      throw StrictJson.malformed("the name occurs twice in the same object", here());
    }
    String name = parser.currentName();
    String wrong = Unstorable.reason(name.toCharArray(), 0, name.length());
    if (wrong != null) {
      TokenStreamContext object = parser.streamReadContext();
      report("a name in it contains " + wrong, pointer(object.getParent()));
    }
  }

  private void checkText() {
    String wrong =
        Unstorable.reason(
            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    if (wrong != null) {
      report("must not contain " + wrong, here());
    }
  }

  private void report(String wrong, Pointer pointer) {
    if (flaws.size() < MOST_FLAWS) {
      flaws.add(new Flaw(start(), new FieldError(wrong, pointer)));
    }
  }

  private void checkNumber() {
    if (parser.getStringLength() > 15 || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      String text = parser.getString();
      double value = Double.parseDouble(text);
      boolean underflow = value == 0 && text.matches("-?[0.]*[1-9].*");
      if (Double.isInfinite(value) || underflow) {
        throw StrictJson.malformed("the number is out of the range of a double", here());
      }
    }
  }
}

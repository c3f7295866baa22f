package io.legwork.producer.json;

import java.util.List;
import java.util.Map;

/** A value in a document, and the bytes it came from: from {@code start} to before {@code end}. */
public sealed interface JsonValue {

  /** Where its first byte is. */
  int start();

  /** Where the byte after its last one is. */
  int end();

  /** What kind of value it is, with its article, to be told to the sender. */
  String kind();

  /** How many bytes it has. */
  default int size() {
    return end() - start();
  }

  /** An object, its members in the order of the document. */
  record JsonObject(Map<String, JsonValue> members, int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** An array. */
  record JsonArray(List<JsonValue> items, int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "an array";
    }
  }

  /** A string. */
  record JsonText(String value, int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number as it was written. */
  record JsonNumber(String text, int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record JsonBoolean(boolean value, int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** Null. */
  record JsonNull(int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }
  }

  /** Any value that was checked but not taken apart. */
  record Opaque(int start, int end) implements JsonValue {
    @Override
    public String kind() {
      return "a value";
    }
  }
}

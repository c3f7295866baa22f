package io.legwork.producer.submission;

import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a task is labelled with: tags to find it by, and metadata that is given back. */
final class LabelReader {

  private static final int MAX_TAGS = 16;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");
  private static final int MAX_ENTRIES = 16;
  private static final int MAX_KEY_LENGTH = 64;
  private static final int MAX_VALUE_LENGTH = 256;

  private LabelReader() {}

  static List<String> tags(Fields fields) {
    List<JsonValue> items = fields.items("tags");
    if (items.size() > MAX_TAGS) {
      fields.refuse("tags", "must have at most %d items".formatted(MAX_TAGS));
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonText text && TAG.matcher(text.value()).matches()) {
        tags.add(text.value());
      } else {
        fields.refuseWithin(
            "tags",
            Integer.toString(i),
            "must be a string of 1 to 64 of the characters A-Z a-z 0-9 _ . : / -");
      }
    }
    return tags.stream().distinct().toList();
  }

  static Map<String, String> metadata(Fields fields) {
    Map<String, JsonValue> entries = fields.entries("metadata");
    if (entries.size() > MAX_ENTRIES) {
      fields.refuse("metadata", "must have at most %d members".formatted(MAX_ENTRIES));
      return Map.of();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    entries.forEach((name, value) -> {
      if (name.isEmpty() || name.length() > MAX_KEY_LENGTH) {
        fields.refuseWithin(
            "metadata", name, "must have a name of 1 to %d characters".formatted(MAX_KEY_LENGTH));
      } else if (value instanceof JsonText text && text.value().length() <= MAX_VALUE_LENGTH) {
        metadata.put(name, text.value());
      } else {
        fields.refuseWithin(
            "metadata",
            name,
            "must be a string of at most %d characters".formatted(MAX_VALUE_LENGTH));
      }
    });
    return metadata;
  }
}

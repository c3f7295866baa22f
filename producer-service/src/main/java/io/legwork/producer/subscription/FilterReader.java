package io.legwork.producer.subscription;

import io.legwork.events.EventKind;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.subscription.EventFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which events a subscription is about. */
final class FilterReader {

  private static final int MOST = 50;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.*-]{1,128}");
  private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");
  private static final Pattern STATE =
      Pattern.compile(
          Arrays.stream(EventKind.values()).map(EventKind::name).collect(Collectors.joining("|")));

  private FilterReader() {}

  static EventFilter read(@Nullable Fields fields) {
    if (fields == null) {
      return EventFilter.ENDINGS;
    }
    List<String> states =
        texts(fields, "states", STATE, "must be one of " + STATE.pattern().replace("|", ", "));
    EventFilter filter =
        new EventFilter(
            states.stream().map(EventKind::valueOf).collect(Collectors.toUnmodifiableSet()),
            texts(fields, "types", TYPE, "must be a task type; * stands for any characters"),
            Set.copyOf(
                new TreeSet<>(texts(fields, "queues", QUEUE, "must be the name of a queue"))),
            Set.copyOf(new TreeSet<>(texts(fields, "tags", TAG, "must be a tag"))));
    fields.refuseOthers();
    return filter;
  }

  private static List<String> texts(Fields fields, String name, Pattern pattern, String wrong) {
    List<JsonValue> items = fields.items(name);
    if (items.size() > MOST) {
      fields.refuse(name, "must have at most %d items".formatted(MOST));
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonText text && pattern.matcher(text.value()).matches()) {
        texts.add(text.value());
      } else {
        fields.refuseWithin(name, Integer.toString(i), wrong);
      }
    }
    return texts.stream().distinct().toList();
  }
}

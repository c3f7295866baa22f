package io.legwork.notifier.mail;

import io.legwork.task.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a mail tells it.
 *
 * @param title one line
 * @param facts what is known about it, in the order it is told
 */
record MailEvent(String title, Map<String, String> facts) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST = 300;

  /**
   * Reads what a webhook would say, in either form that has all of it in the body.
   *
   * @param baseUrl put before the path of the task
   */
  static MailEvent of(String type, Json body, String baseUrl) {
    JsonNode data = JSON.readTree(body.bytes()).path("data");
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : new String[] {"id", "type", "queue", "state", "attempts", "finishedAt"}) {
      put(facts, name, data.path(name));
    }
    put(facts, "error", data.path("error").path("reason"));
    for (String name : new String[] {"subscription", "name", "target", "reason"}) {
      put(facts, name, data.path(name));
    }
    if (data.path("url").isString()) {
      facts.put("link", baseUrl + data.path("url").asString());
    }
    String what = data.path("type").asString(data.path("name").asString(""));
    return new MailEvent(oneLine(type + (what.isEmpty() ? "" : ": " + what)), facts);
  }

  private static void put(Map<String, String> facts, String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      facts.put(name, shortened(value.asString()));
    }
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** A line break in a subject would begin another header. */
  private static String oneLine(String text) {
    return shortened(text.replaceAll("[\\p{Cntrl}]", " "));
  }
}

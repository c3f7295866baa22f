package io.legwork.worker.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The headers that a task sends along. Refuses what could smuggle in another header or request, and
 * the headers that belong to the connection or to Legwork.
 *
 * @param byName values by name, whatever the name's case
 */
record RequestHeaders(SortedMap<String, String> byName) {

  private static final int MOST = 64;
  private static final int LONGEST_VALUE = 8192;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
  private static final Set<String> REFUSED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  RequestHeaders {
    TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(byName);
    byName = Collections.unmodifiableSortedMap(copy);
  }

  /** No headers. */
  static RequestHeaders none() {
    return new RequestHeaders(new TreeMap<>());
  }

  /**
   * Reads the headers of a payload.
   *
   * @throws IllegalArgumentException if they are not an object of strings, or one is refused
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RequestHeaders of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("expected an object of header names and values");
    }
    if (json.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " headers");
    }
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonNode> header : json.properties()) {
      String name = checkedName(header.getKey());
      if (headers.put(name, checkedValue(name, header.getValue())) != null) {
        throw new IllegalArgumentException("the header " + name + " is given twice");
      }
    }
    return new RequestHeaders(headers);
  }

  private static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a header: '" + name + "'");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (REFUSED.contains(lower)) {
      throw new IllegalArgumentException(
          "the header " + name + " belongs to the connection and cannot be set");
    }
    if (lower.startsWith("legwork-")) {
      throw new IllegalArgumentException("the header " + name + " is set by Legwork");
    }
    return name;
  }

  private static String checkedValue(String name, JsonNode value) {
    if (!value.isString()) {
      throw new IllegalArgumentException("the header " + name + ": expected a string");
    }
    String text = value.stringValue();
    if (text.length() > LONGEST_VALUE || !VALUE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the header %s: expected at most %d printable ASCII characters in one line"
              .formatted(name, LONGEST_VALUE));
    }
    return text;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }
}

package io.legwork.web;

import java.util.regex.Pattern;

/** Which paths can be read in one way only. */
public final class PlainPath {

  private static final Pattern PLAIN = Pattern.compile("[/A-Za-z0-9._~-]+");

  private PlainPath() {}

  /**
   * Whether a path has no escapes, no path parameters, no empty or dotted segments. No path of ours
   * needs them.
   */
  public static boolean isPlain(String path) {
    return PLAIN.matcher(path).matches() && !path.contains("//") && !path.contains("/.");
  }
}

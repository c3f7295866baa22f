package io.legwork.producer.json;

import org.jspecify.annotations.Nullable;

/** Text that JSON can spell but that is no Unicode text, or that a database cannot hold. */
final class Unstorable {

  private Unstorable() {}

  /** What is wrong with the text, or null if nothing is. */
  static @Nullable String reason(char[] text, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      char unit = text[i];
      if (unit == 0) {
        return "the character NUL (\\u0000)";
      }
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit) && i + 1 < end && Character.isLowSurrogate(text[i + 1]);
        if (!pair) {
          return "half of a surrogate pair";
        }
        i++;
      }
    }
    return null;
  }
}

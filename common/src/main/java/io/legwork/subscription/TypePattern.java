package io.legwork.subscription;

/**
 * Task types with wildcards: a star stands for any characters, also none. Matching takes time
 * proportional to the product of the lengths at most, whatever the pattern.
 */
public final class TypePattern {

  private static final char STAR = '*';

  private TypePattern() {}

  /** Whether the type is one that the pattern means. */
  public static boolean matches(String pattern, String type) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < type.length()) {
      if (p < pattern.length() && pattern.charAt(p) == STAR) {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == type.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == STAR) {
      p++;
    }
    return p == pattern.length();
  }
}

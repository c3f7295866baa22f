package io.legwork.problems;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A JSON Pointer in its URI fragment form (RFC 6901, section 6), for example {@code
 * #/tasks/3/callback/url}. Always printable ASCII, whatever the names in the document were.
 *
 * @param fragment the text, beginning with {@code #}
 * @param enclosing whether it ends early, at a value around the one that is meant: a name can be as
 *     long as the sender likes
 */
public record Pointer(String fragment, boolean enclosing) {

  /** The whole document. */
  public static final Pointer ROOT = new Pointer("#", false);

  private static final int LONGEST = 256;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Points at a member of the object that this points at. */
  public Pointer child(String name) {
    if (enclosing) {
      return this;
    }
    String longer = name.length() > LONGEST ? name : fragment + '/' + escape(name);
    return longer.length() > LONGEST ? new Pointer(fragment, true) : new Pointer(longer, false);
  }

  /** Points at an item of the array that this points at. */
  public Pointer child(int index) {
    return child(Integer.toString(index));
  }

  private static String escape(String name) {
    var escaped = new StringBuilder(name.length());
    for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
      switch (unit) {
        case '~' -> escaped.append("~0");
        case '/' -> escaped.append("~1");
        default -> {
          if (isFragmentCharacter(unit)) {
            escaped.append((char) unit);
          } else {
            escaped.append('%').append(HEX.toHexDigits(unit));
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Whether RFC 3986 allows the character in a fragment as it is. */
  private static boolean isFragmentCharacter(byte unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || "-._!$&'()*+,;=:@?".indexOf(unit) >= 0;
  }

  @Override
  public String toString() {
    return fragment;
  }
}

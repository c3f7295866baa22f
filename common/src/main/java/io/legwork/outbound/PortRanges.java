package io.legwork.outbound;

import java.util.BitSet;
import java.util.List;

/** The ports that may be connected to. */
final class PortRanges {

  private static final int LAST = 65_535;

  private final BitSet ports;

  private PortRanges(BitSet ports) {
    this.ports = ports;
  }

  /**
   * Reads ports and ranges of ports.
   *
   * @param texts any port if there are none
   * @throws IllegalArgumentException if one is neither
   */
  static PortRanges of(List<String> texts) {
    BitSet ports = new BitSet();
    if (texts.isEmpty()) {
      ports.set(1, LAST + 1);
    }
    for (String text : texts) {
      String[] ends = text.strip().split("-", 2);
      int first = port(ends[0], text);
      int last = ends.length == 1 ? first : port(ends[1], text);
      if (first > last) {
        throw unreadable(text);
      }
      ports.set(first, last + 1);
    }
    return new PortRanges(ports);
  }

  private static int port(String digits, String text) {
    if (!digits.strip().matches("\\d{1,5}")) {
      throw unreadable(text);
    }
    int port = Integer.parseInt(digits.strip());
    if (port < 1 || port > LAST) {
      throw unreadable(text);
    }
    return port;
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "legwork.outbound.ports: '%s' is neither a port such as 443 nor a range such as 8000-8999"
            .formatted(text));
  }

  boolean contains(int port) {
    return ports.get(port);
  }
}

package io.legwork.outbound;

import java.util.Locale;
import org.springframework.boot.http.client.InetAddressFilter;

/** What the words mean by which the operator allows addresses. */
final class AddressRanges {

  /** RFC 1918, RFC 6598 and RFC 4193. */
  private static final String[] PRIVATE = {
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"
  };

  private static final String[] LOOPBACK = {"127.0.0.0/8", "::1/128"};

  /**
   * Where clouds tell a machine its credentials (AWS, Azure, Google, Alibaba, Oracle): no word
   * allows them, though some are in private or public ranges.
   */
  private static final String[] METADATA = {
    "169.254.0.0/16",
    "fe80::/10",
    "fd00:ec2::254/128",
    "168.63.129.16/32",
    "100.100.100.200/32",
    "192.0.0.192/32"
  };

  /**
   * Not public either: multicast and reserved ranges, and what contains an IPv4 address that a
   * gateway may turn into a private one (RFC 4291 section 2.5.5.1, RFC 8215, RFC 3056, RFC 4380).
   */
  private static final String[] NOWHERE = {
    "224.0.0.0/4",
    "240.0.0.0/4",
    "ff00::/8",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "2002::/16",
    "2001::/32",
    "fec0::/10",
    "3fff::/20",
    "5f00::/16"
  };

  private AddressRanges() {}

  /**
   * The addresses of a word, or of a range.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static InetAddressFilter named(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "public" -> InetAddressFilter.externalAddresses().andNot(NOWHERE).andNot(METADATA);
      case "private" -> InetAddressFilter.of(PRIVATE).andNot(METADATA);
      case "loopback" -> InetAddressFilter.of(LOOPBACK);
      default -> range(text);
    };
  }

  private static InetAddressFilter range(String text) {
    try {
      return InetAddressFilter.of(text);
    } catch (RuntimeException unreadable) {
      throw new IllegalArgumentException(
          "legwork.outbound.allow: '%s' is none of public, private, loopback, and no range such as"
                  .formatted(text)
              + " 10.1.0.0/16",
          unreadable);
    }
  }
}

package io.legwork.outbound;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The hosts whose address is known without asking a name server. */
final class KnownHosts {

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  /** By these names clouds' machines find their metadata; outside a cloud they are nobody's. */
  private static final Set<String> METADATA =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "instance-data",
          "instance-data.ec2.internal");

  private KnownHosts() {}

  /**
   * The address of a host.
   *
   * @param host as in a URL: a name, or an address, which has brackets if it is of IPv6
   * @return empty if it has to be looked up
   */
  static Optional<InetAddress> find(String host) {
    String name = withoutDot(host.toLowerCase(Locale.ROOT));
    if (name.startsWith("[") && name.endsWith("]")) {
      return Optional.of(InetAddress.ofLiteral(name.substring(1, name.length() - 1)));
    }
    if (NUMERIC.matcher(name).matches() || name.indexOf(':') >= 0) {
      return Optional.of(InetAddress.ofLiteral(name));
    }
    // RFC 6761, section 6.3
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    return METADATA.contains(name)
        ? Optional.of(InetAddress.ofLiteral("169.254.169.254"))
        : Optional.empty();
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}

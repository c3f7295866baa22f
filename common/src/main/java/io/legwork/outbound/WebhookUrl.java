package io.legwork.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URL must be to be called: nothing that two programs may read in two ways, and no port of a
 * service that is not HTTP. Whether its address may be reached is decided when it is connected to.
 */
final class WebhookUrl {

  private static final int MAX_LENGTH = 2048;
  private static final int MAX_PORT = 65_535;
  private static final int FIRST_UNPRIVILEGED = 1024;

  /** IANA's ports of mail, name, remote access, databases and brokers, and their usual consoles. */
  private static final Set<Integer> REFUSED =
      Set.of(
          1433, 1521, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4369, 5432, 5671, 5672,
          5900, 5984, 6379, 6443, 8500, 9042, 9092, 9200, 9300, 10250, 11211, 15671, 15672, 25672,
          27017);

  private static final Set<Integer> WEB = Set.of(80, 443);

  /**
   * Names as DNS has them, in ASCII; international ones in their encoded form are for looks only.
   */
  private static final Pattern NAME =
      Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\\.?");

  private static final Pattern IPV4 =
      Pattern.compile(
          "((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}"
              + "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])");

  /**
   * The last label of a name is never a number (RFC 3696, section 2): 127.1, 0x7f.1, 2130706433.
   */
  private static final Pattern NUMERIC_END =
      Pattern.compile("(?i)(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");

  private WebhookUrl() {}

  /** What is wrong with a URL, or null if nothing is. */
  static @Nullable String wrongWith(String text) {
    if (text.length() > MAX_LENGTH) {
      return "must have at most %d characters".formatted(MAX_LENGTH);
    }
    if (!text.chars().allMatch(unit -> unit < 0x7F)) {
      return "must be in ASCII: international names as xn--, other characters as %XX";
    }
    try {
      return wrongWith(new URI(text));
    } catch (URISyntaxException malformed) {
      return "must be a URL (RFC 3986)";
    }
  }

  private static @Nullable String wrongWith(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "must be an absolute http or https URL";
    }
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      return "must not contain a user name or password";
    }
    if (url.getHost() == null) {
      return "must name a host";
    }
    String wrong = wrongWithHost(url.getHost());
    if (wrong != null) {
      return wrong;
    }
    if (url.getRawFragment() != null) {
      return "must not have a fragment";
    }
    return wrongWithPort(url.getPort());
  }

  private static @Nullable String wrongWithHost(String host) {
    if (host.startsWith("[")) {
      return host.contains("%") ? "must not have an address with a zone" : null;
    }
    if (IPV4.matcher(host).matches()) {
      return null;
    }
    if (NUMERIC_END.matcher(host).matches()) {
      return "must have an IPv4 address as four decimal numbers, if it has one";
    }
    return NAME.matcher(host).matches() ? null : "must name a host as DNS does";
  }

  private static @Nullable String wrongWithPort(int port) {
    if (port == 0 || port > MAX_PORT) {
      return "must have a port from 1 to 65535, or none";
    }
    boolean allowed =
        port < 0 || WEB.contains(port) || (port >= FIRST_UNPRIVILEGED && !REFUSED.contains(port));
    return allowed ? null : "must not have port %d, which is not one of HTTP".formatted(port);
  }
}

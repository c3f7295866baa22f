package io.legwork.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Decides where requests may go. A URL is checked before a request is made; the address when it is
 * connected to, so that a name that leads somewhere else by then is of no use. Thread-safe.
 */
public final class OutboundPolicy {

  private static final int LONGEST = 8192;
  private static final int LAST_PORT = 65_535;

  /** RFC 1918, RFC 6598 and RFC 4193. */
  private static final String[] PRIVATE = {
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"
  };

  private static final String[] LOOPBACK = {"127.0.0.0/8", "::1/128"};

  private final Set<String> schemes;
  private final PortRanges ports;
  private final InetAddressFilter addresses;

  /**
   * @throws IllegalArgumentException if the settings make no sense
   */
  public OutboundPolicy(OutboundProperties properties) {
    this.schemes =
        properties.schemes().stream()
            .map(scheme -> scheme.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.ports = PortRanges.of(properties.ports());
    this.addresses =
        properties.allow().stream()
            .map(OutboundPolicy::filter)
            .reduce(InetAddressFilter::or)
            .orElseGet(InetAddressFilter::none);
  }

  private static InetAddressFilter filter(String allowed) {
    return switch (allowed.strip().toLowerCase(Locale.ROOT)) {
      case "public" -> InetAddressFilter.externalAddresses();
      case "private" -> InetAddressFilter.of(PRIVATE);
      case "loopback" -> InetAddressFilter.of(LOOPBACK);
      default -> range(allowed.strip());
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

  /**
   * The URI to request.
   *
   * @throws IllegalArgumentException if it is not a URL or not one that may be requested
   */
  public URI check(String url) {
    if (url.length() > LONGEST) {
      throw refused("is longer than " + LONGEST + " characters");
    }
    URI uri = parse(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      throw refused("expected a URL that starts with " + starts());
    }
    if (uri.getRawUserInfo() != null) {
      throw refused("must not contain a user name or password; send an Authorization header");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw refused("expected a URL with a valid host and port");
    }
    int port = port(uri, scheme);
    if (!ports.contains(port)) {
      throw refused("requests must not go to port " + port);
    }
    return uri;
  }

  private String starts() {
    return schemes.stream()
        .sorted()
        .map(scheme -> scheme + "://")
        .collect(Collectors.joining(" or "));
  }

  private static int port(URI uri, String scheme) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return scheme.equals("https") ? 443 : 80;
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused("not a URL: " + e.getReason() + " at position " + e.getIndex());
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }

  /**
   * The addresses of a host that may be connected to; nothing else is to be.
   *
   * @throws UnknownHostException if the host has no address
   * @throws ForbiddenAddressException if it has none that may be connected to
   */
  InetAddress[] resolve(String host) throws UnknownHostException, ForbiddenAddressException {
    InetAddress[] found = InetAddress.getAllByName(host);
    List<InetAddress> allowed = Arrays.stream(found).filter(addresses::matches).toList();
    if (allowed.isEmpty()) {
      throw new ForbiddenAddressException(host, found[0].getHostAddress());
    }
    return allowed.toArray(InetAddress[]::new);
  }
}

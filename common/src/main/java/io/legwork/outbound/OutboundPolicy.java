package io.legwork.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Decides where requests may go. A URL is checked before a request is made; the address when it is
 * connected to, so that a name that leads somewhere else by then is of no use. Thread-safe.
 */
public final class OutboundPolicy {

  private static final int LONGEST = 8192;
  private static final int LAST_PORT = 65_535;

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
            .map(allowed -> AddressRanges.named(allowed.strip()))
            .reduce(InetAddressFilter::or)
            .orElseGet(InetAddressFilter::none);
  }

  /**
   * What is wrong with a URL at which somebody wants to be told, as far as that can be known before
   * its name is looked up; null if nothing is.
   */
  public @Nullable String wrongWith(String url) {
    String wrong = WebhookUrl.wrongWith(url);
    if (wrong != null) {
      return wrong;
    }
    try {
      String host = check(url).getHost();
      return KnownHosts.find(host).stream().allMatch(addresses::matches)
          ? null
          : "must not lead to %s; the operator allows addresses with LEGWORK_OUTBOUND_ALLOW"
              .formatted(host);
    } catch (IllegalArgumentException refused) {
      return refused.getMessage();
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
   * Those of a host's addresses that may be connected to; nothing else is to be.
   *
   * @param found all of them, at least one
   * @throws ForbiddenAddressException if there is none that may be connected to
   */
  InetAddress[] permitted(String host, InetAddress... found) throws ForbiddenAddressException {
    List<InetAddress> allowed = Arrays.stream(found).filter(addresses::matches).toList();
    if (allowed.isEmpty()) {
      throw new ForbiddenAddressException(host, found[0].getHostAddress());
    }
    return allowed.toArray(InetAddress[]::new);
  }
}

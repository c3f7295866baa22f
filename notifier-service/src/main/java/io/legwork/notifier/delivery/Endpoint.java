package io.legwork.notifier.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Names what stands or falls together at the other end: a host and port. */
final class Endpoint {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Endpoint() {}

  /** The host and port of a URL; one that cannot be read has the endpoint "-". */
  static String of(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() == null ? "-" : uri.getHost().toLowerCase(Locale.ROOT) + ':' + port(uri);
    } catch (URISyntaxException malformed) {
      return "-";
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
  }
}

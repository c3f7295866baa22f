package io.legwork.worker.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Decides which URLs may be requested. Every request's URL goes through here. */
final class OutboundPolicy {

  private static final int LONGEST = 8192;
  private static final int LAST_PORT = 65_535;

  /**
   * The URI to request.
   *
   * @throws IllegalArgumentException if it is not a URL or not one that may be requested
   */
  URI check(String url) {
    if (url.length() > LONGEST) {
      throw refused("is longer than " + LONGEST + " characters");
    }
    URI uri = parse(url);
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
      throw refused("expected a URL that starts with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused("must not contain a user name or password; send an Authorization header");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw refused("expected a URL with a valid host and port");
    }
    return uri;
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused("not a URL: " + e.getReason() + " at position " + e.getIndex());
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("#/payload/url: " + why);
  }
}

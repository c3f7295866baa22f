package io.legwork.examples.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Opens sources over HTTP. What will not get better by itself (a bad URL, a 404, a source too
 * large) is an {@link IllegalArgumentException}, which fails the task for good; what may (the
 * network, 429, 5xx) is an {@link IOException}, after which the task is tried again.
 */
public final class Sources {

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * Opens a source.
   *
   * @param url where it is, http or https; redirects are not followed
   * @param maxBytes how large it may be; reading beyond is an {@link IllegalArgumentException}
   * @param patience how long to wait for its beginning
   * @throws IOException if it cannot be reached for now
   */
  public InputStream open(String url, long maxBytes, Duration patience)
      throws IOException, InterruptedException {
    if (!patience.isPositive()) {
      throw new IOException("no time left to fetch the source");
    }
    HttpRequest request =
        HttpRequest.newBuilder(parse(url))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(patience)
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      requireSuccess(response.statusCode());
      requireAtMost(maxBytes, response);
    } catch (IOException | IllegalArgumentException e) {
      response.body().close();
      throw e;
    }
    return new BoundedStream(response.body(), maxBytes);
  }

  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("source is not a URL: " + e.getReason(), e);
    }
    throw new IllegalArgumentException(
        "source must be a URL that starts with http:// or https:// and names no user");
  }

  private static void requireSuccess(int status) throws IOException {
    switch (status) {
      case 200 -> {}
      case 408, 425, 429 -> throw new IOException("the source answered " + status);
      default -> {
        if (status >= 500) {
          throw new IOException("the source answered " + status);
        }
        throw new IllegalArgumentException("the source answered " + status);
      }
    }
  }

  private static void requireAtMost(long maxBytes, HttpResponse<?> response) {
    if (response.headers().firstValueAsLong("Content-Length").orElse(0) > maxBytes) {
      throw BoundedStream.tooLarge(maxBytes);
    }
  }
}

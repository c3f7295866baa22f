package io.legwork.outbound;

import java.net.URI;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to be made.
 *
 * @param uri checked by the {@link OutboundPolicy}
 * @param headers those of the connection are added
 * @param body null for none; not changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // Requests are made, not compared.
public record OutboundRequest(
    String method, URI uri, SortedMap<String, String> headers, byte @Nullable [] body) {

  private static final int LONGEST_NAME = 200;

  /** Method and URL for people, without the query, which often holds a secret. */
  public String name() {
    String path = Objects.requireNonNullElse(uri.getRawPath(), "");
    String shown = path.length() <= LONGEST_NAME ? path : path.substring(0, LONGEST_NAME) + "…";
    return "%s %s://%s%s".formatted(method, uri.getScheme(), uri.getAuthority(), shown);
  }
}

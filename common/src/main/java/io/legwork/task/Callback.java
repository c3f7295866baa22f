package io.legwork.task;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where to send a webhook once the task is over.
 *
 * @param url an absolute http or https URL
 * @param secret the receiver's signing secret ({@code whsec_…}), or null for the service's own
 */
public record Callback(URI url, @Nullable String secret) {

  /** Leaves the secret out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "Callback[url=" + url + "]";
  }
}

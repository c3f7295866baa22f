package io.legwork.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Where a delivery goes.
 *
 * @param url as the submitter gave it
 * @param secret the receiver's signing secret, or null for the service's own
 */
public record DeliveryTarget(String url, @Nullable String secret) {

  /** Leaves the secret out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "DeliveryTarget[url=" + url + "]";
  }
}

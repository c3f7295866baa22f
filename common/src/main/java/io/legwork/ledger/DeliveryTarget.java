package io.legwork.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Where a delivery goes.
 *
 * @param url a URL, the address of a mailbox or the name of an exchange
 * @param secret the sealed signing secret of a task's own callback, or null for the service's own
 *     and for subscriptions, which keep theirs
 */
public record DeliveryTarget(String url, @Nullable String secret) {

  /** Leaves the secret out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "DeliveryTarget[url=" + url + "]";
  }
}

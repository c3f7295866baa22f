package io.legwork.notifier.delivery;

import io.legwork.outbound.Signer;
import java.util.List;
import java.util.Map;

/** Where a delivery goes with its next attempt: settings may have changed since it was created. */
sealed interface Destination {

  /**
   * A webhook.
   *
   * @param signers each adds a signature; the first one is the receiver's current key
   * @param headers the receiver's own
   */
  record Webhook(String url, List<Signer> signers, Map<String, String> headers)
      implements Destination {

    /** Leaves the values of the headers out, so that they cannot reach a log. */
    @Override
    public String toString() {
      return "Webhook[url=" + url + "]";
    }
  }

  /** A mailbox. */
  record Mailbox(String address) implements Destination {}

  /** An exchange of the broker. */
  record Exchange(String name) implements Destination {}

  /** Nothing can be sent, now or later. */
  record Nowhere(String reason) implements Destination {}
}

package io.legwork.outbound;

import java.io.IOException;

/** A host has no address that may be connected to. */
public final class ForbiddenAddressException extends IOException {

  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String host, String address) {
    super(
        ("%s is at %s, where requests must not go; the operator allows addresses with"
                + " LEGWORK_OUTBOUND_ALLOW")
            .formatted(host, address));
  }
}

package io.legwork.secrets;

/** A stored secret cannot be opened; the message tells why and nothing of the secret. */
public final class SecretUnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SecretUnreadableException(String reason) {
    super("a stored secret cannot be read: " + reason);
  }
}

package io.legwork.secrets;

/** What is stored sealed cannot be opened; the message tells why and nothing of what it is. */
public final class SecretUnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SecretUnreadableException(String reason) {
    super("what is stored sealed cannot be read: " + reason);
  }
}

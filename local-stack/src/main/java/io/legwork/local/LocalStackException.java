package io.legwork.local;

/**
 * Something on this machine is not as it must be; the message says what, and what to do about it.
 */
public final class LocalStackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalStackException(String message) {
    super(message);
  }

  LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.legwork.local.service;

/**
 * Something on this machine is not as it must be; the message says what, and what to do about it.
 */
public final class LocalStackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what, and what to do about it. */
  public LocalStackException(String message) {
    super(message);
  }

  /** The same, because of a failure. */
  public LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}

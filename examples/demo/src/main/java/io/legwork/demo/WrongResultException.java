package io.legwork.demo;

/** A task's result is not what it should be. The message says in which way. */
final class WrongResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;

  WrongResultException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}

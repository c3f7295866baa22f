package io.legwork.demo;

/** The demo cannot go on. The message says what is wrong and what to do about it. */
final class DemoException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;

  DemoException(String message) {
    super(message);
    this.message = message;
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}

package io.legwork.producer.fields;

/** The text of a field does not say what it should; ends in a {@code FieldError}. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String detail;

  /**
   * @param detail what the text must be, for the sender
   */
  UnreadableException(String detail) {
    super(detail, null, false, false);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}

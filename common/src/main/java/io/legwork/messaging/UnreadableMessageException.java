package io.legwork.messaging;

/** A message that is not what its queue should hold; it is to be parked, never to be dropped. */
public final class UnreadableMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason what is wrong, for people; free of the message's content
   */
  public UnreadableMessageException(String reason) {
    super(reason);
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

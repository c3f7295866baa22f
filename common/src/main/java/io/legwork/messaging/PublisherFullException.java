package io.legwork.messaging;

/** The publisher's buffer is full: the message was not taken. Try again later. */
public final class PublisherFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PublisherFullException(int capacity) {
    super(
        "The publisher holds %d messages the broker has not confirmed and takes no more."
                .formatted(capacity)
            + " Publish again when it has room.",
        null,
        false,
        false);
  }
}

package io.legwork.messaging;

/** The publisher was closed before the broker confirmed: the message may or may not be there. */
public final class PublisherClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PublisherClosedException() {
    super("The publisher was closed before the broker confirmed the message.", null, false, false);
  }
}

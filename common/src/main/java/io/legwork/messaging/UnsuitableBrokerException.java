package io.legwork.messaging;

/** The broker cannot do what the guarantees are built on. Another one is needed. */
public final class UnsuitableBrokerException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnsuitableBrokerException(String broker, String missing) {
    super(
        "The broker (%s) offers no %s, without which a message could be lost unnoticed."
            .formatted(broker, missing));
  }
}

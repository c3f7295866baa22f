package io.legwork.batching;

/**
 * The bounded queue in front of a batcher is full, or the batcher is closed; nothing was written.
 */
public final class BatcherFullException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BatcherFullException(String message) {
    super(message);
  }
}

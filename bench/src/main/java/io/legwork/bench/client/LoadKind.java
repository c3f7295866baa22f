package io.legwork.bench.client;

/** What a client sends. */
public enum LoadKind {
  /** Many tasks with one request. */
  BATCH,
  /** One task with each request. */
  SINGLE,
  /** One task with each request, which is answered when the task has ended. */
  WAIT,
  /** Reads a task that the connection has submitted first, over and over. */
  READ,
  /** Reads the first page of all tasks. */
  LIST,
  /** Reads with a wrong key. */
  GUESS;

  /** Whether it submits anything. */
  public boolean isSubmitting() {
    return this == BATCH || this == SINGLE || this == WAIT;
  }
}

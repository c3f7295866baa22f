package io.legwork.bench.client;

/** What a client sends. */
public enum LoadKind {
  /** Many tasks with one request. */
  BATCH,
  /** One task with each request. */
  SINGLE,
  /** One task with each request, which is answered when the task has ended. */
  WAIT
}

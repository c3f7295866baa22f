package io.legwork.chaos.history;

import java.util.List;

/**
 * How a call ended.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param detail the problem's code, or what kept the answer away
 * @param replayed whether the answer said that the task was known already
 * @param ids the ids given, one for each order, in order; empty for one that was refused
 */
public record Completion(
    long call,
    long at,
    Outcome outcome,
    int status,
    String detail,
    boolean replayed,
    List<String> ids) {

  /** What the caller knows now. */
  public enum Outcome {
    /** Accepted. */
    OK,
    /** Refused, or never sent: there must be no task. */
    FAIL,
    /** Anything may have happened. */
    INFO
  }

  /** Takes a copy. */
  public Completion {
    ids = List.copyOf(ids);
  }
}

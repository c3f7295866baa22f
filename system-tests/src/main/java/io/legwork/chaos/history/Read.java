package io.legwork.chaos.history;

/**
 * Somebody looked at a task.
 *
 * @param from when the question was sent
 * @param until when the answer had come
 * @param status the HTTP status
 * @param digest of all that was shown; of terminal states alone, otherwise the empty string
 * @param announced the state that an announcement had claimed just before, or the empty string
 */
public record Read(
    long from,
    long until,
    String task,
    int status,
    String state,
    int attempts,
    String digest,
    String announced) {}

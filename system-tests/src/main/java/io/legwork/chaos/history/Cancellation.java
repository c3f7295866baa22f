package io.legwork.chaos.history;

/**
 * Somebody asked for a task to be cancelled.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param state the state that the answer showed, or the empty string
 */
public record Cancellation(long from, long until, String task, int status, String state) {}

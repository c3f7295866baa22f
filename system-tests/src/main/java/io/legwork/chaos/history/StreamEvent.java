package io.legwork.chaos.history;

/**
 * An event as it came over the event stream.
 *
 * @param connection counts how often the reader has connected
 * @param sequence its place among all events: the {@code id} of the stream
 * @param event its own id
 * @param number its place among the events of its task
 */
public record StreamEvent(
    long at,
    int connection,
    long sequence,
    String event,
    String kind,
    String task,
    int number,
    int attempt) {}

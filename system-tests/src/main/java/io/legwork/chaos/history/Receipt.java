package io.legwork.chaos.history;

/**
 * A webhook as it arrived.
 *
 * @param webhook its {@code webhook-id}
 * @param valid whether the reference library accepted signature and timestamp
 * @param event such as {@code task.succeeded}
 * @param state of the task, as the webhook has it
 * @param digest of the body, byte by byte
 * @param answered the status it was answered with
 */
public record Receipt(
    long at,
    String webhook,
    boolean valid,
    String event,
    String task,
    String state,
    String digest,
    int answered) {}

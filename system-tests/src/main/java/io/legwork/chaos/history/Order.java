package io.legwork.chaos.history;

/**
 * A task as it was asked for.
 *
 * @param token names it, in its payload and in its metadata; no two orders have the same
 * @param payload the digest of its payload
 * @param delayMillis how long after its acceptance it may start
 * @param callback whether a webhook was asked for
 */
public record Order(
    String token,
    String type,
    String payload,
    int maxAttempts,
    long delayMillis,
    boolean callback) {}

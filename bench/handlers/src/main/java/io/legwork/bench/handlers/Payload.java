package io.legwork.bench.handlers;

import org.jspecify.annotations.Nullable;

/**
 * What a task of the benchmark carries.
 *
 * @param millis how long a handler that sleeps does so
 * @param body fills the payload up to its size
 */
public record Payload(int millis, @Nullable String body) {}

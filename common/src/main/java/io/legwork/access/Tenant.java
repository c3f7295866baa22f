package io.legwork.access;

import java.time.Instant;

/**
 * A tenant that has keys.
 *
 * @param since when its first key was made
 * @param keys how many of its keys are valid
 */
public record Tenant(String name, Instant since, int keys) {}

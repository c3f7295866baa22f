package io.legwork.chaos.check;

/**
 * One place where an invariant was broken.
 *
 * @param subject the id or token it is about
 * @param what happened, for people
 */
public record Violation(String subject, String what) {}

package io.legwork.ledger;

/**
 * What makes a repeated submission the same submission.
 *
 * @param key chosen by the submitter, unique within the tenant
 * @param fingerprint a digest of what was submitted under it
 */
public record IdempotencyKey(String key, String fingerprint) {}

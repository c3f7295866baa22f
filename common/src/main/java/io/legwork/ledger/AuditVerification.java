package io.legwork.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Whether the audit log is as it was written.
 *
 * @param entries how many rows were found to be so, from the first
 * @param head the seal of the last of them, in hexadecimal digits; "" if there is none
 * @param broken what is wrong with what follows, or with the log as a whole; null if nothing is
 */
public record AuditVerification(long entries, String head, @Nullable String broken) {}

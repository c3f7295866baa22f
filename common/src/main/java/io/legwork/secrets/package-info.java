/**
 * Keeps secrets that the ledger stores from whoever reads the ledger alone, and makes the keys that
 * webhooks are signed with.
 */
@NullMarked
package io.legwork.secrets;

import org.jspecify.annotations.NullMarked;

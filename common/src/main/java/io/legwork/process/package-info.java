/**
 * What every service process has: an identity, a heartbeat in the ledger, and one connection to
 * publish on.
 */
@NullMarked
package io.legwork.process;

import org.jspecify.annotations.NullMarked;

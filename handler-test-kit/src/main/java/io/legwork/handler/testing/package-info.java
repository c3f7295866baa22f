/**
 * Runs a handler in a unit test as a worker would, without a broker or a ledger: {@link
 * io.legwork.handler.testing.TestAttempt}.
 */
@NullMarked
package io.legwork.handler.testing;

import org.jspecify.annotations.NullMarked;

/**
 * The ledger, where a task is accepted, claimed, and its outcome kept: all SQL on its tables, by
 * hand, in batches, one commit each. Everything in a queue can be rebuilt from here.
 */
@NullMarked
package io.legwork.ledger;

import org.jspecify.annotations.NullMarked;

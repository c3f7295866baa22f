/**
 * Lets a request wait for the end of a task, as {@code Prefer: wait=N} asks for (RFC 7240): however
 * many wait, the ledger is asked one question at a time.
 */
@NullMarked
package io.legwork.producer.waiting;

import org.jspecify.annotations.NullMarked;

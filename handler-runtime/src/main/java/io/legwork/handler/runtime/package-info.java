/**
 * What happens around a handler wherever it runs, in a worker or in a test: its payload is read,
 * what it throws becomes an {@link io.legwork.handler.Outcome}, its checkpoints are written and
 * read. Knows nothing of queues and ledgers.
 */
@NullMarked
package io.legwork.handler.runtime;

import org.jspecify.annotations.NullMarked;

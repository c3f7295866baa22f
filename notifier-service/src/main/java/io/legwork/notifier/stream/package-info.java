/**
 * The stream of events over HTTP (server-sent events): follows the ledger in the order of commits,
 * for as long as anybody listens.
 */
@NullMarked
package io.legwork.notifier.stream;

import org.jspecify.annotations.NullMarked;

/**
 * The handlers that the chaos program's tasks run. Each attempt writes to a ledger of its own, a
 * file that no part of Legwork knows of, when it starts and when it ends: what was really executed
 * is read there, and not in what Legwork says of itself.
 */
@NullMarked
package io.legwork.chaos.handlers;

import org.jspecify.annotations.NullMarked;

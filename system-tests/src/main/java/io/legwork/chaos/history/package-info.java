/**
 * What happened in a run, as those saw it who stood outside: one file of JSON lines for each kind
 * of record, written while it happens and read by the checker afterwards. Times are microseconds
 * since 1970, all by the clock of one machine.
 */
@NullMarked
package io.legwork.chaos.history;

import org.jspecify.annotations.NullMarked;

/**
 * Group commit without a timer: callers hand in single items, a few lanes take whatever has
 * gathered and write it as one batch.
 */
@NullMarked
package io.legwork.batching;

import org.jspecify.annotations.NullMarked;

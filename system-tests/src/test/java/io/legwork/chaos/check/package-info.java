/** The checker, held against small histories that were written by hand. */
@NullMarked
package io.legwork.chaos.check;

import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
package io.legwork.local;

import org.jspecify.annotations.NullMarked;

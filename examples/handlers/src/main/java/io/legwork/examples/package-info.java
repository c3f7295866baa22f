/** Placeholder. */
@NullMarked
package io.legwork.examples;

import org.jspecify.annotations.NullMarked;

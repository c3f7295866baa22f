/** Placeholder. */
@NullMarked
package io.legwork.demo;

import org.jspecify.annotations.NullMarked;

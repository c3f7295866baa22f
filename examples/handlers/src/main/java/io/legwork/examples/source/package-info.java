/** Fetches what a payload's source URL leads to, with bounds. */
@NullMarked
package io.legwork.examples.source;

import org.jspecify.annotations.NullMarked;

/** A worker of one's own, with handlers that are beans. */
@NullMarked
package io.legwork.examples.invoice;

import org.jspecify.annotations.NullMarked;

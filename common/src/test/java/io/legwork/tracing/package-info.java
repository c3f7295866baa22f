/** Tests of tracing. */
@NullMarked
package io.legwork.tracing;

import org.jspecify.annotations.NullMarked;

/**
 * Everything that can be wrong with a request, as RFC 9457 problems with stable codes. Free of
 * frameworks: the services decide how a problem reaches the wire. docs/problems.md is the same
 * catalogue for the reader.
 */
@NullMarked
package io.legwork.problems;

import org.jspecify.annotations.NullMarked;

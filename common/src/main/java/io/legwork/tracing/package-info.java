/**
 * Traces: the context that a caller's {@code traceparent} opens, and the spans that are exported of
 * what belongs to it. Off unless there is a collector; then it costs a look at a field.
 */
@NullMarked
package io.legwork.tracing;

import org.jspecify.annotations.NullMarked;

/**
 * The life of a delivery: taken from a queue, its task claimed, run and its outcome recorded, and
 * only then acknowledged.
 */
@NullMarked
package io.legwork.worker.execution;

import org.jspecify.annotations.NullMarked;

/** Lies beside what it measures, which is nobody else's business. */
@NullMarked
package io.legwork.worker.execution;

import org.jspecify.annotations.NullMarked;

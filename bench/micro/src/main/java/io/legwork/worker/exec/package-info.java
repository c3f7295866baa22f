/** Lies beside what it measures, which is nobody else's business. */
@NullMarked
package io.legwork.worker.exec;

import org.jspecify.annotations.NullMarked;

/** The built-in task type {@code echo}, to try a system out and to measure it. */
@NullMarked
package io.legwork.worker.echo;

import org.jspecify.annotations.NullMarked;

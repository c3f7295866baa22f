/**
 * Runs any program as the handler of a task type: the payload comes in on standard input, the
 * result goes out on standard output. No shell is involved and no argument is made from a payload.
 * See {@link io.legwork.worker.exec.ExecHandler} for the life of a program.
 */
@NullMarked
package io.legwork.worker.exec;

import org.jspecify.annotations.NullMarked;

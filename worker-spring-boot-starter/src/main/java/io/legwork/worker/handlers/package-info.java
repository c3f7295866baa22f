/**
 * Which task types this worker runs: finds the handlers (its own and those in dropped-in jars),
 * reads a task's payload into the type a handler asks for, and turns whatever a handler does into
 * an {@link io.legwork.handler.Outcome}.
 */
@NullMarked
package io.legwork.worker.handlers;

import org.jspecify.annotations.NullMarked;

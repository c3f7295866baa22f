/**
 * What the author of a handler compiles against: a {@link io.legwork.handler.Handler} is given a
 * payload and a {@link io.legwork.handler.TaskContext} and answers with an {@link
 * io.legwork.handler.Outcome}. Depends on nothing but annotations.
 */
@NullMarked
package io.legwork.handler;

import org.jspecify.annotations.NullMarked;

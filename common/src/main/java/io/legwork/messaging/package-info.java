/**
 * How the parts talk through the broker: the exchanges and queues, the messages that name a task,
 * and the one publisher that every message goes through. Nothing outside this package publishes.
 */
@NullMarked
package io.legwork.messaging;

import org.jspecify.annotations.NullMarked;

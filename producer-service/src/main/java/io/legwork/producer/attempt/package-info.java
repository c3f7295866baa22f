/**
 * What an endpoint that handles a task on its own time reports of the attempt: its outcome, its
 * progress, or only that it is still at work. Everything carries the fencing token and the report
 * token.
 */
@NullMarked
package io.legwork.producer.attempt;

import org.jspecify.annotations.NullMarked;

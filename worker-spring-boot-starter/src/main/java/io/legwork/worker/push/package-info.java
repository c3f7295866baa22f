/**
 * Has an HTTP endpoint handle the tasks of a type: the worker pushes each attempt to it, signed as
 * a Standard Webhook, and takes its answer for the outcome, or waits until the endpoint reports it.
 */
@NullMarked
package io.legwork.worker.push;

import org.jspecify.annotations.NullMarked;

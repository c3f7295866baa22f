/**
 * Handlers that are declared in YAML instead of being written in Java: a file beside the handlers'
 * jars binds a task type to a program or to an HTTP endpoint.
 */
@NullMarked
package io.legwork.worker.bindings;

import org.jspecify.annotations.NullMarked;

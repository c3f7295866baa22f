/** The handlers that the benchmark's tasks run: they cost as little as a handler can. */
@NullMarked
package io.legwork.bench.handlers;

import org.jspecify.annotations.NullMarked;

/**
 * The clients of a benchmark, as processes of their own, so that what they cost is seen apart from
 * the system. They speak HTTP/1.1 over plain sockets, and know nothing of how Legwork is made.
 */
@NullMarked
package io.legwork.bench.client;

import org.jspecify.annotations.NullMarked;

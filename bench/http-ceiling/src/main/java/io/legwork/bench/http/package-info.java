/**
 * What a plain Spring MVC application answers on this machine: the ceiling for single POSTs. It has
 * the way in of the producer, and nothing behind it.
 */
@NullMarked
package io.legwork.bench.http;

import org.jspecify.annotations.NullMarked;

/**
 * The benchmark: it starts a system of its own, loads it, counts what it cost, and checks through
 * the API that every task has ended. A rate with a lost task is void.
 */
@NullMarked
package io.legwork.bench;

import org.jspecify.annotations.NullMarked;

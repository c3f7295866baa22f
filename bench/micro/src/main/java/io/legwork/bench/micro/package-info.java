/** Benchmarks of pieces that run for every task, each beside what it measures. */
@NullMarked
package io.legwork.bench.micro;

import org.jspecify.annotations.NullMarked;

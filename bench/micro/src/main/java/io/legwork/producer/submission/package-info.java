/** Benchmarks of pieces that run for every task, each beside what it measures. */
@NullMarked
package io.legwork.producer.submission;

import org.jspecify.annotations.NullMarked;

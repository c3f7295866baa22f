package io.legwork.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a task waits between two attempts, as a part of {@link Handles}: after the n-th failure
 * a random time of at most {@code initial × factor^(n-1)}, and never more than {@code max}. What is
 * left out is Legwork's own default; what the task itself says comes first.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Backoff {

  /** The bound after the first failure, such as {@code "1s"} or {@code "PT1S"}. */
  String initial() default "";

  /** The bound that is never exceeded, such as {@code "5m"}; at most 7 days. */
  String max() default "";

  /** By how much the bound grows with each failure, from 1 to 10; 0 leaves it to Legwork. */
  double factor() default 0;
}

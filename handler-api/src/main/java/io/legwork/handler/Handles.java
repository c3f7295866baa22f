package io.legwork.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the task type a {@link Handler} runs, its limits, and what holds for a task that does not
 * say otherwise itself. Durations are written as {@code "30s"}, {@code "250ms"} or {@code "PT30S"}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Handles {

  /** The task type: letters, digits, {@code _} and {@code -} in parts joined by dots. */
  String value();

  /**
   * How many tasks of this type one worker runs at the same time; 0 leaves it to the worker's
   * configuration.
   */
  int concurrency() default 0;

  /**
   * Whether the handler keeps a core busy. Such a handler runs on a platform thread, so that it
   * does not hold up the virtual threads of the others.
   */
  boolean cpuBound() default false;

  /**
   * Whether a task usually takes minutes or longer. The worker then acknowledges the message as
   * soon as the task is claimed and holds the task by its lease alone: nothing is lost if the
   * worker dies, it is only noticed a few seconds later. Other handlers are treated so once they
   * have been running for a minute.
   */
  boolean longRunning() default false;

  /**
   * How long an attempt may take, unless the task says otherwise: from a millisecond to 24 hours.
   * Empty leaves it to Legwork, which allows five minutes.
   */
  String timeout() default "";

  /**
   * How many attempts a task has, unless it says otherwise: from 1 to 100. 0 leaves it to Legwork,
   * which allows five.
   */
  int maxAttempts() default 0;

  /** How long to wait between two attempts, unless the task says otherwise. */
  Backoff backoff() default @Backoff;

  /**
   * The JSON Schema of the payload (draft 2020-12), as the name of a resource beside the handler's
   * class. Empty derives it from the type the handler reads its payload into.
   */
  String schema() default "";
}

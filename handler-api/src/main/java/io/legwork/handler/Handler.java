package io.legwork.handler;

/**
 * Runs the tasks of one type.
 *
 * <p>At least once: after a crash a handler may run again for the same task, so its effects should
 * be idempotent or guarded by {@link TaskContext#attempt()}, which only ever grows. One instance
 * serves all tasks of its type at the same time and must be thread-safe.
 *
 * <p>Implementations carry {@link Handles}, have a public constructor without parameters, and are
 * found by {@link java.util.ServiceLoader} as {@code io.legwork.handler.Handler}.
 *
 * @param <P> the type the payload's JSON is read into, usually a record
 */
public interface Handler<P> {

  /**
   * Does the work of one attempt.
   *
   * <p>An exception is a failure like {@link Outcome#fail(String)}: the task is tried again while
   * it has attempts left. {@link IllegalArgumentException} says that the payload itself is at fault
   * and is permanent, like {@link Outcome#failPermanently(String)}. An {@link Error} is a failure
   * like any other exception; the worker lives on.
   *
   * <p>The thread is interrupted when the attempt's time is up or the worker stops: let {@link
   * InterruptedException} through. What is returned after that is dropped.
   *
   * @param payload the payload as it was submitted
   * @param task the task and the attempt this call belongs to
   * @return how the attempt ended
   * @throws Exception if the attempt failed
   */
  Outcome handle(P payload, TaskContext task) throws Exception;
}

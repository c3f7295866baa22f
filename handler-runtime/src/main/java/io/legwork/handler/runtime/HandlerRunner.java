package io.legwork.handler.runtime;

import io.legwork.handler.Handler;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Runs a handler: reads the payload into the type the handler asks for and turns whatever it does
 * into an outcome. Thread-safe, as its handler has to be.
 *
 * @param <P> the type the payload is read into
 */
public final class HandlerRunner<P> {

  private final Handler<P> handler;
  private final JavaType payload;
  private final PayloadReader<P> payloads;

  private HandlerRunner(Handler<P> handler, JavaType payload) {
    this.handler = handler;
    this.payload = payload;
    this.payloads = new PayloadReader<>(payload);
  }

  /**
   * Makes a handler ready to be run.
   *
   * @throws IllegalArgumentException if it leaves open into which type its payload is read
   */
  public static <P> HandlerRunner<P> of(Handler<P> handler) {
    return of(handler, handler.getClass());
  }

  /**
   * Makes a handler ready to be run that may stand before another.
   *
   * @param written the class that its author wrote, which says of what type the payload is
   * @throws IllegalArgumentException if it leaves open into which type its payload is read
   */
  public static <P> HandlerRunner<P> of(Handler<P> handler, Class<?> written) {
    JavaType type = PayloadReader.MAPPER.constructType(written);
    JavaType[] parameters =
        PayloadReader.MAPPER.getTypeFactory().findTypeParameters(type, Handler.class);
    if (parameters.length != 1 || isOpen(written, parameters[0])) {
      throw new IllegalArgumentException("it leaves open into which type its payload is read");
    }
    return new HandlerRunner<>(handler, parameters[0]);
  }

  /** A lambda and a raw type leave no trace of the type; a handler may still ask for any object. */
  private static boolean isOpen(Class<?> handler, JavaType payload) {
    return payload.isJavaLangObject() && !PayloadType.isNamed(handler);
  }

  /**
   * Runs one attempt on the calling thread, with the handler's own class loader as its context.
   *
   * @param payloadJson the task's payload in UTF-8
   * @return how it ended, whatever the handler threw; see {@link Outcomes}
   * @throws InterruptedException if the attempt was interrupted: only the caller knows why it did
   *     that, and therefore how the attempt ended
   */
  public Outcome run(byte[] payloadJson, TaskContext task) throws InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(handler.getClass().getClassLoader());
    try {
      return Outcomes.of(() -> handler.handle(payloads.read(payloadJson), task));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * The JSON Schema of the payload, derived from its type.
   *
   * @return null if the type says nothing of its JSON
   */
  public @Nullable String payloadSchema() {
    return PayloadSchema.of(payload);
  }
}

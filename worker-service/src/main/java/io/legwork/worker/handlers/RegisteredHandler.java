package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.util.regex.Pattern;
import org.springframework.core.ResolvableType;

/** A handler, ready to be given tasks of its type. Thread-safe, as its handler has to be. */
public final class RegisteredHandler {

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Handles declaration;
  private final String origin;
  private final Runner<?> runner;

  private RegisteredHandler(Handles declaration, String origin, Runner<?> runner) {
    this.declaration = declaration;
    this.origin = origin;
    this.runner = runner;
  }

  /**
   * Registers a handler by what it says of itself.
   *
   * @param source where it comes from, for people
   * @throws HandlerLoadingException if it says too little or something impossible
   */
  static RegisteredHandler of(Handler<?> handler, String source) {
    Class<?> handlerClass = handler.getClass();
    Handles declaration = handlerClass.getAnnotation(Handles.class);
    if (declaration == null) {
      throw HandlerLoadingException.notDeclared(handlerClass, source);
    }
    if (!TYPE.matcher(declaration.value()).matches()) {
      throw HandlerLoadingException.badDeclaration(
          handlerClass,
          source,
          "the task type '%s' is not made of letters, digits, '_' and '-' in parts joined by dots"
              .formatted(declaration.value()));
    }
    if (declaration.concurrency() < 0) {
      throw HandlerLoadingException.badDeclaration(
          handlerClass, source, "its concurrency is negative: " + declaration.concurrency());
    }
    String origin = handlerClass.getName() + " in " + source;
    return new RegisteredHandler(declaration, origin, runner(handler, source));
  }

  private static <P> Runner<P> runner(Handler<P> handler, String source) {
    ResolvableType payload =
        ResolvableType.forClass(handler.getClass()).as(Handler.class).getGeneric();
    if (payload.resolve() == null) {
      throw HandlerLoadingException.badDeclaration(
          handler.getClass(), source, "it leaves open into which type its payload is read");
    }
    return new Runner<>(handler, new PayloadReader<>(payload.getType()));
  }

  /** The task type it runs. */
  public String type() {
    return declaration.value();
  }

  /** How many of its tasks one worker runs at the same time; 0 for the worker's default. */
  public int concurrency() {
    return declaration.concurrency();
  }

  /** Whether it has to run on a platform thread because it keeps a core busy. */
  public boolean cpuBound() {
    return declaration.cpuBound();
  }

  /** Whether its tasks take long enough to let go of the message at once. */
  public boolean longRunning() {
    return declaration.longRunning();
  }

  /** Its class and where that was found, for people. */
  public String origin() {
    return origin;
  }

  /**
   * Runs one attempt on the calling thread.
   *
   * @param payloadJson the task's payload in UTF-8
   * @return how it ended, whatever the handler threw; see {@link Outcomes}
   * @throws InterruptedException if the attempt was interrupted: only the caller knows why it did
   *     that, and therefore how the attempt ended
   */
  public Outcome run(byte[] payloadJson, TaskContext task) throws InterruptedException {
    return runner.run(payloadJson, task);
  }

  private record Runner<P>(Handler<P> handler, PayloadReader<P> payloads) {

    Outcome run(byte[] payloadJson, TaskContext task) throws InterruptedException {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(handler.getClass().getClassLoader());
      try {
        return Outcomes.of(() -> handler.handle(payloads.read(payloadJson), task));
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}

package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.runtime.HandlerRunner;
import io.legwork.handler.runtime.Outcomes;
import io.legwork.task.TypeDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A handler, ready to be given tasks of its type. Thread-safe, as its handler has to be. */
public final class RegisteredHandler {

  private final Declaration declaration;
  private final String origin;
  private final Runner runner;

  private interface Runner {
    Outcome run(byte[] payloadJson, TaskContext task) throws InterruptedException;
  }

  /** A handler that takes the payload as it was submitted. */
  @FunctionalInterface
  public interface OfJson {

    /**
     * Does the work of one attempt, under the contract of {@link Handler#handle}.
     *
     * @param payloadJson the payload in UTF-8
     */
    Outcome handle(byte[] payloadJson, TaskContext task) throws Exception;
  }

  private RegisteredHandler(Declaration declaration, String origin, Runner runner) {
    this.declaration = declaration;
    this.origin = origin;
    this.runner = runner;
  }

  /**
   * Registers a handler that something else than its class declares.
   *
   * @param origin where it comes from, for people
   */
  public static RegisteredHandler of(Declaration declaration, String origin, OfJson handler) {
    return new RegisteredHandler(
        declaration, origin, (payload, task) -> Outcomes.of(() -> handler.handle(payload, task)));
  }

  /**
   * Registers a handler by what it says of itself.
   *
   * @param source where it comes from, for people
   * @throws HandlerLoadingException if it says too little or something impossible
   */
  static RegisteredHandler of(Handler<?> handler, String source) {
    // A bean may be a proxy of what its author wrote.
    Class<?> handlerClass = AopUtils.getTargetClass(handler);
    Handles handles = handlerClass.getAnnotation(Handles.class);
    if (handles == null) {
      throw HandlerLoadingException.notDeclared(handlerClass, source);
    }
    try {
      HandlerRunner<?> runner = HandlerRunner.of(handler, handlerClass);
      String schema =
          handles.schema().isEmpty()
              ? runner.payloadSchema()
              : schema(handlerClass, handles.schema());
      String origin = handlerClass.getName() + " in " + source;
      return new RegisteredHandler(Declaration.of(handles, schema), origin, runner::run);
    } catch (IllegalArgumentException fault) {
      throw HandlerLoadingException.badDeclaration(
          handlerClass, source, String.valueOf(fault.getMessage()));
    }
  }

  private static @Nullable String schema(Class<?> handler, String resource) {
    try (InputStream found = handler.getResourceAsStream(resource)) {
      if (found == null) {
        throw new IllegalArgumentException(
            "there is no resource '" + resource + "' beside its class to take the schema from");
      }
      String schema = new String(found.readAllBytes(), StandardCharsets.UTF_8);
      return JsonMapper.shared().readTree(schema).toString();
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          "its schema '%s' is not JSON: %s".formatted(resource, malformed.getOriginalMessage()),
          malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The task type it runs. */
  public String type() {
    return declaration.type().name();
  }

  /** What holds for its tasks. */
  public TypeDefinition definition() {
    return declaration.type();
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
}

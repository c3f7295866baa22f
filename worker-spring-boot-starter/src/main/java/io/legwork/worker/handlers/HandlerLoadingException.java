package io.legwork.worker.handlers;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The worker cannot start because a handler cannot be used. Says what to do about it. */
public final class HandlerLoadingException extends RuntimeException {

  private static final String CONSEQUENCE =
      " The worker did not start: its tasks would have waited or failed without anybody noticing.";

  private final String action;

  private HandlerLoadingException(String what, String action, @Nullable Throwable cause) {
    super(what + CONSEQUENCE, cause);
    this.action = action;
  }

  /** What to do to get the worker started. */
  String action() {
    return action;
  }

  /** The handlers' folder cannot be read. */
  public static HandlerLoadingException unreadableFolder(Path folder, Exception cause) {
    return new HandlerLoadingException(
        "The handlers' folder %s cannot be read (%s)."
            .formatted(folder.toAbsolutePath(), cause.getClass().getSimpleName()),
        "Create it and let the worker's user read it, or correct LEGWORK_WORKER_HANDLERS"
            + " (legwork.worker.handlers). Leave that unset to run the built-in handlers only.",
        cause);
  }

  static HandlerLoadingException unreadableJar(Path jar, Exception cause) {
    return new HandlerLoadingException(
        "%s is not a readable jar (%s).".formatted(jar.toAbsolutePath(), cause.getMessage()),
        "Copy the jar again and let the worker's user read it, or take it out of the folder.",
        cause);
  }

  /** A declaration in YAML cannot be used. */
  public static HandlerLoadingException unusableDeclaration(Path file, Exception cause) {
    return new HandlerLoadingException(
        "The declaration %s cannot be used: %s."
            .formatted(file.toAbsolutePath(), cause.getMessage()),
        "Correct it as docs/handlers.md describes, or take it out of the folder.",
        cause);
  }

  static HandlerLoadingException notLoaded(String className, String jar, Throwable thrown) {
    Throwable cause =
        thrown instanceof InvocationTargetException
            ? Objects.requireNonNullElse(thrown.getCause(), thrown)
            : thrown;
    return new HandlerLoadingException(
        "The handler %s, registered by %s, cannot be loaded (%s).".formatted(className, jar, cause),
        "See that the class is in the jar, implements io.legwork.handler.Handler, is public and has"
            + " a public constructor without parameters that does not fail, that the jars it depends"
            + " on lie in the same folder, and that all were compiled for Java "
            + Runtime.version().feature()
            + " or older.",
        cause);
  }

  static HandlerLoadingException clash(String what, String one, String other) {
    return new HandlerLoadingException(
        "%s has two handlers: %s, and %s.".formatted(capitalised(what), one, other),
        "Take one of them away, or an old version of the same jar, or give one another task type.",
        null);
  }

  static HandlerLoadingException notDeclared(Class<?> handler, String source) {
    return new HandlerLoadingException(
        "The handler %s in %s does not say which task type it runs."
            .formatted(handler.getName(), source),
        "Annotate the class with @Handles(\"your.type\").",
        null);
  }

  static HandlerLoadingException badDeclaration(Class<?> handler, String source, String fault) {
    return new HandlerLoadingException(
        "The handler %s in %s cannot be registered: %s."
            .formatted(handler.getName(), source, fault),
        "Correct its @Handles, and have it implement Handler<YourPayload> with a type of its own.",
        null);
  }

  private static String capitalised(String what) {
    return Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}

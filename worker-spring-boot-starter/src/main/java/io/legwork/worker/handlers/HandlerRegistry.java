package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import io.legwork.task.TypeDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of this worker, one per task type. Fixed once the worker has started. */
public final class HandlerRegistry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistry.class);

  private final Map<String, RegisteredHandler> byType;
  private final HandlerFolder folder;

  private HandlerRegistry(Map<String, RegisteredHandler> byType, HandlerFolder folder) {
    this.byType = byType;
    this.folder = folder;
  }

  /**
   * A registry of just these handlers.
   *
   * @throws HandlerLoadingException if one cannot be used, or two claim the same task type
   */
  public static HandlerRegistry of(Handler<?>... handlers) {
    return of(List.of(handlers), HandlerFolder.none(), List.of());
  }

  /**
   * Registers the handlers that are beans of the application, those of the folder and those from
   * other sources.
   *
   * @throws HandlerLoadingException if one cannot be used, or two claim the same task type
   */
  static HandlerRegistry of(
      List<Handler<?>> beans, HandlerFolder folder, List<RegisteredHandler> others) {
    Map<String, RegisteredHandler> byType = new TreeMap<>();
    beans.forEach(handler -> add(byType, RegisteredHandler.of(handler, "the application itself")));
    folder
        .handlers()
        .forEach(found -> add(byType, RegisteredHandler.of(found.handler(), found.jar())));
    others.forEach(handler -> add(byType, handler));
    LOG.atInfo().addKeyValue("types", byType.keySet()).log("handlers.registered");
    return new HandlerRegistry(byType, folder);
  }

  private static void add(Map<String, RegisteredHandler> byType, RegisteredHandler handler) {
    RegisteredHandler other = byType.putIfAbsent(handler.type(), handler);
    if (other != null) {
      throw HandlerLoadingException.clash(
          "the task type '" + handler.type() + "'", other.origin(), handler.origin());
    }
  }

  /** The task types that this worker can run, in alphabetical order. */
  public Set<String> types() {
    return byType.keySet();
  }

  /** What holds for the tasks of these types. */
  public List<TypeDefinition> definitions() {
    return byType.values().stream().map(RegisteredHandler::definition).toList();
  }

  /** The handler of a task type; empty if this worker has none. */
  public Optional<RegisteredHandler> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** Closes the handlers' jars. */
  @Override
  public void close() {
    folder.close();
  }
}

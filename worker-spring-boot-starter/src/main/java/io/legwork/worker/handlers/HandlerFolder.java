package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handlers found in a folder of jars. All jars share one class loader, below the worker's own,
 * so that a jar can bring its dependencies along as further jars.
 */
final class HandlerFolder implements AutoCloseable {

  /**
   * A handler and where it was found.
   *
   * @param jar the file's name
   */
  record Found(Handler<?> handler, String jar) {}

  private final @Nullable URLClassLoader loader;
  private final List<Found> handlers;

  private HandlerFolder(@Nullable URLClassLoader loader, List<Found> handlers) {
    this.loader = loader;
    this.handlers = handlers;
  }

  /** No folder, no handlers. */
  static HandlerFolder none() {
    return new HandlerFolder(null, List.of());
  }

  /**
   * Loads every handler that a jar of the folder registers.
   *
   * @throws HandlerLoadingException if the folder or a jar cannot be read, or a handler not loaded
   */
  static HandlerFolder open(Path folder) {
    Map<String, HandlerJar> byClass = new LinkedHashMap<>();
    List<HandlerJar> jars = jarsIn(folder);
    for (HandlerJar jar : jars) {
      jar.handlerClasses().forEach(name -> claim(byClass, name, jar));
    }
    URLClassLoader loader = loaderOf(jars);
    try {
      List<Found> handlers = new ArrayList<>();
      byClass.forEach((name, jar) -> handlers.add(new Found(jar.load(name, loader), jar.name())));
      return new HandlerFolder(loader, List.copyOf(handlers));
    } catch (HandlerLoadingException e) {
      close(loader);
      throw e;
    }
  }

  private static void claim(Map<String, HandlerJar> byClass, String name, HandlerJar jar) {
    HandlerJar other = byClass.putIfAbsent(name, jar);
    if (other != null) {
      throw HandlerLoadingException.clash("the class " + name, other.name(), jar.name());
    }
  }

  private static List<HandlerJar> jarsIn(Path folder) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(paths::add);
    } catch (IOException | UncheckedIOException e) {
      throw HandlerLoadingException.unreadableFolder(folder, e);
    }
    return paths.stream().sorted().map(HandlerJar::read).toList();
  }

  private static URLClassLoader loaderOf(List<HandlerJar> jars) {
    URL[] urls = jars.stream().map(jar -> url(jar.path())).toArray(URL[]::new);
    return new URLClassLoader("handlers", urls, HandlerFolder.class.getClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a path of the local file system: " + path, e);
    }
  }

  /** The handlers, in the order of their jars' names. */
  List<Found> handlers() {
    return handlers;
  }

  @Override
  public void close() {
    if (loader != null) {
      close(loader);
    }
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the handlers' jars could not be closed", e);
    }
  }
}

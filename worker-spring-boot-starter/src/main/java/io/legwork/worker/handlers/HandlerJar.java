package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A jar of the handlers' folder.
 *
 * <p>Handlers are registered as for {@link java.util.ServiceLoader}. The registration is read here,
 * jar by jar, because a service loader passes over an unreadable jar and over a class that two jars
 * bring along, and cannot tell which jar is at fault.
 *
 * @param handlerClasses the names of the handlers it registers; none for a mere dependency
 */
record HandlerJar(Path path, List<String> handlerClasses) {

  private static final String REGISTRATION = "META-INF/services/" + Handler.class.getName();

  /**
   * Reads which handlers the jar registers.
   *
   * @throws HandlerLoadingException if the file is not a readable jar
   */
  static HandlerJar read(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      ZipEntry entry = jar.getEntry(REGISTRATION);
      return new HandlerJar(path, entry == null ? List.of() : classNames(jar, entry));
    } catch (IOException e) {
      throw HandlerLoadingException.unreadableJar(path, e);
    }
  }

  private static List<String> classNames(JarFile jar, ZipEntry entry) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /**
   * Makes the handler of the given class.
   *
   * @throws HandlerLoadingException if the class is missing, is no handler or cannot be made
   */
  Handler<?> load(String className, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return (Handler<?>)
          Class.forName(className, true, loader)
              .asSubclass(Handler.class)
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      throw HandlerLoadingException.notLoaded(className, name(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

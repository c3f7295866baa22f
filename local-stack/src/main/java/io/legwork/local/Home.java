package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the stack of one checkout keeps what it needs.
 *
 * @param root the folder with the sources, and with the built applications below it
 * @param state holds everything the running stack reads and writes
 */
record Home(Path root, Path state) {

  Home {
    root = root.toAbsolutePath().normalize();
    state = state.toAbsolutePath().normalize();
  }

  /** What all checkouts of this user share; it can be removed at any time. */
  static Path userCache() {
    var configured = System.getenv("XDG_CACHE_HOME");
    var base =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("legwork");
  }

  Path settings() {
    return state.resolve("stack.properties");
  }

  /** A header with the key of the stack, as curl reads it: {@code curl -H @<file>}. */
  Path authorization() {
    return state.resolve("authorization");
  }

  Path lock() {
    return state.resolve("lock");
  }

  Path handlers() {
    return state.resolve("handlers");
  }

  Path applications() {
    return state.resolve("applications");
  }

  Path folder(String part) {
    return state.resolve(part);
  }

  Path pidFile(String part) {
    return state.resolve("run").resolve(part + ".pid");
  }

  Path log(String part) {
    return state.resolve("logs").resolve(part + ".log");
  }

  /** The newest file in a folder of the build whose name ends so. */
  Path built(String folder, String suffix) {
    var target = root.resolve(folder).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .max(Comparator.comparingLong(Home::modified))
          .orElseThrow(() -> notBuilt(target, suffix));
    } catch (IOException e) {
      throw notBuilt(target, suffix);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  private static LocalStackException notBuilt(Path target, String suffix) {
    return new LocalStackException(
        "There is no *%s in %s; build it with `./mvnw -DskipTests package`."
            .formatted(suffix, target));
  }
}

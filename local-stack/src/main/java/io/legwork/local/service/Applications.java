package io.legwork.local.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts that were packaged: copies of the packaged services, laid out with their libraries next
 * to them: that starts in half the time, and services are started often here.
 */
public final class Applications implements AutoCloseable {

  private static final Duration LAYING_OUT = Duration.ofMinutes(2);
  private static final List<String> MODULES =
      List.of("producer-service", "worker-service", "notifier-service");

  /** The JVM writes the cache when it ends, which takes as long as a start or two. */
  private static final Duration WRITING = Duration.ofMinutes(3);

  private final Path root;
  private final Path folder;

  private Applications(Path root, Path folder) {
    this.root = root.toAbsolutePath().normalize();
    this.folder = folder;
  }

  /**
   * Lays the services out.
   *
   * @param root the folder of the checkout, in which they were packaged
   */
  public static Applications of(Path root) {
    try {
      var applications = new Applications(root, Files.createTempDirectory("legwork-applications-"));
      MODULES.parallelStream()
          .forEach(module -> applications.layOut(module, packaged(root, module)));
      return applications;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path packaged(Path root, String module) {
    var target = root.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-app.jar"))
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "There is no packaged service in "
                      + target
                      + "; build it with `./mvnw package`."));
    } catch (IOException e) {
      throw new UncheckedIOException("build the services with `./mvnw package`", e);
    }
  }

  private void layOut(String module, Path jar) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    new Command(
            java,
            "-XX:TieredStopAtLevel=1",
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--application-filename",
            "app.jar",
            "--destination",
            folder.resolve(module).toString())
        .run(LAYING_OUT);
  }

  /**
   * Starts each service once, without its servers: the JVM keeps what it has loaded (JEP 514), and
   * every later start takes less than half the time. Worth it for who starts them dozens of times.
   */
  public void rehearse() {
    MODULES.parallelStream().forEach(this::rehearse);
  }

  private void rehearse(String module) {
    var cache = ServicePlan.cache(jar(module));
    var options = List.of("-XX:+UseSerialGC", "-XX:AOTCacheOutput=" + cache);
    var service =
        new ServiceProcess(
            new ServicePlan(
                module, jar(module), folder.resolve("rehearsal"), List.of(), options, Map.of()));
    service.start();
    service.awaitLive();
    service.stop(WRITING);
    if (Files.notExists(cache)) {
      throw new IllegalStateException(
          "The rehearsal of " + module + " has left no cache; see " + service.log());
    }
  }

  /** The jar of a service, such as {@code producer-service}. */
  public Path jar(String module) {
    return folder.resolve(module).resolve("app.jar");
  }

  /** Something else that the build of the checkout has made. */
  public Path built(String path) {
    return root.resolve(path);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Applications::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.legwork.local;

import io.legwork.local.service.Command;
import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The application that a module of the build produces. It runs from a copy with its libraries laid
 * out next to it, which starts faster than the one jar, and which a new build does not pull away
 * from under a running process.
 */
record Application(String module, Home home) {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Changes whenever the module is built anew. */
  String version() {
    var jar = jar();
    try {
      return "%x-%x".formatted(Files.getLastModifiedTime(jar).toMillis(), Files.size(jar));
    } catch (IOException e) {
      throw new LocalStackException("The application " + jar + " cannot be read.", e);
    }
  }

  /** The jar to run; laid out now if this version was not yet. */
  Path prepared() {
    synchronized (Application.class) {
      if (Files.notExists(folder())) {
        removeOlderVersions();
        layOut();
      }
    }
    return folder().resolve(jar().getFileName());
  }

  private void layOut() {
    var unfinished = home.applications().resolve(module + ".unfinished");
    Folders.delete(unfinished);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    new Command(
            java,
            "-XX:TieredStopAtLevel=1",
            "-Djarmode=tools",
            "-jar",
            jar().toString(),
            "extract",
            "--destination",
            unfinished.toString())
        .run(LIMIT);
    Folders.move(unfinished, folder());
  }

  /** A process that still runs from an older copy is replaced in the same breath. */
  private void removeOlderVersions() {
    Folders.create(home.applications());
    try (Stream<Path> copies = Files.list(home.applications())) {
      copies
          .filter(copy -> copy.getFileName().toString().startsWith(module + "-"))
          .forEach(Folders::delete);
    } catch (IOException e) {
      throw new LocalStackException(home.applications() + " cannot be read.", e);
    }
  }

  private Path folder() {
    return home.applications().resolve(module + "-" + version());
  }

  private Path jar() {
    return home.built(module, "-app.jar");
  }
}

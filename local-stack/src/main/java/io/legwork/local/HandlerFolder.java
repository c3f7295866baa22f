package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder from which the workers load handlers: the examples, and whatever else is put there.
 * The examples are copied, so that a build does not change them under a running worker.
 */
record HandlerFolder(Home home) {

  /** Takes over what was built anew. */
  void refresh() {
    Folders.create(home.handlers());
    for (var jar : examples()) {
      var copy = home.handlers().resolve(jar.getFileName());
      try {
        if (Files.notExists(copy) || Files.mismatch(jar, copy) >= 0) {
          Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw new LocalStackException("The handlers could not be copied to " + copy + ".", e);
      }
    }
  }

  private List<Path> examples() {
    var folder = home.root().resolve("examples/handlers/target/handlers");
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new LocalStackException("The folder " + folder + " cannot be read.", e);
    }
  }
}

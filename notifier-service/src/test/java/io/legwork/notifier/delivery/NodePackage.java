package io.legwork.notifier.delivery;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program for Node with the libraries it names, which are fetched; its tests need both. */
final class NodePackage {

  private static final int MINUTES_TO_FETCH = 2;

  private final Path folder;

  private NodePackage(Path folder) {
    this.folder = folder;
  }

  /** Copies and completes it; where there is no Node, or nothing to fetch from, no test is made. */
  static NodePackage install(Path source) throws IOException, InterruptedException {
    Path folder = Path.of("target", "node").resolve(source.getFileName()).toAbsolutePath();
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(source)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, folder));
    }
    assumeTrue(
        hasInstalled(folder), "Node or its packages are not there: see " + folder + "/npm.log");
    return new NodePackage(folder);
  }

  private static void copy(Path file, Path folder) {
    try {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean hasInstalled(Path folder) throws InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      boolean ended = npm.waitFor(MINUTES_TO_FETCH, TimeUnit.MINUTES);
      npm.destroy();
      return ended && npm.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Runs one of its programs; what it prints goes to the file {@code output}. */
  Process start(Map<String, String> environment, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("node"));
    all.addAll(List.of(command));
    Files.deleteIfExists(output());
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  Path output() {
    return folder.resolve("output.log");
  }
}

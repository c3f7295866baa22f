package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The RabbitMQ of this machine. Its own scripts are used, not the wrappers with which distributions
 * run them as the user of the system's broker.
 */
record RabbitMqInstallation(Path server, Path ctl) {

  static final String MISSING =
      "RabbitMQ is not installed; install it with `apt-get install rabbitmq-server`, `dnf install"
          + " rabbitmq-server`, `apk add rabbitmq-server` or `brew install rabbitmq`, or set"
          + " RABBITMQ_HOME to the folder of an installation.";

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin"),
          Path.of("/opt/homebrew/opt/rabbitmq/sbin"),
          Path.of("/usr/local/opt/rabbitmq/sbin"),
          Path.of("/opt/rabbitmq/sbin"));
  private static final List<Path> PARENTS =
      List.of(Path.of("/usr/lib/rabbitmq/lib"), Path.of("/usr/lib64/rabbitmq/lib"));

  /** The installation; fails with what to do if there is none. */
  static RabbitMqInstallation required() {
    return find().orElseThrow(() -> new LocalStackException(MISSING));
  }

  static Optional<RabbitMqInstallation> find() {
    return candidates().stream()
        .map(folder ->
            new RabbitMqInstallation(
                folder.resolve("rabbitmq-server"), folder.resolve("rabbitmqctl")))
        .filter(found -> Files.isExecutable(found.server()) && Files.isExecutable(found.ctl()))
        .findFirst();
  }

  private static List<Path> candidates() {
    var folders = new ArrayList<Path>();
    var home = System.getenv("RABBITMQ_HOME");
    if (home != null) {
      folders.add(Path.of(home, "sbin"));
    }
    folders.addAll(PLACES);
    PARENTS.forEach(parent -> folders.addAll(installationsIn(parent)));
    Executables.find("rabbitmq-server").map(Path::getParent).ifPresent(folders::add);
    return folders;
  }

  /** Newest first, as far as names tell. */
  private static List<Path> installationsIn(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .sorted(Comparator.reverseOrder())
          .map(child -> child.resolve("sbin"))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Shows the end of the logs, and what is added to them. */
final class Logs {

  private static final String LINES = "40";

  private final Home home;

  Logs(Home home) {
    this.home = home;
  }

  /** Shows the logs of the named parts, or of all; returns how the program that does so ended. */
  int run(List<String> parts, boolean follow) {
    var logs = parts.isEmpty() ? existing() : parts.stream().map(this::log).toList();
    var command = new ArrayList<>(List.of("tail", "-n", LINES));
    if (follow) {
      command.add("-F");
    }
    logs.forEach(log -> command.add(log.toString()));
    return Foreground.run(command);
  }

  private Path log(String part) {
    var log = home.log(part);
    if (!existing().contains(log)) {
      var known = existing().stream().map(Logs::name).toList();
      throw new LocalStackException(
          "There is no log of \"%s\"; there are %s.".formatted(part, String.join(", ", known)));
    }
    return log;
  }

  private static String name(Path log) {
    return log.getFileName().toString().replace(".log", "");
  }

  private List<Path> existing() {
    try (Stream<Path> files = Files.list(home.log("any").getParent())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException e) {
      throw new LocalStackException("There are no logs yet; start with `./legwork up`.", e);
    }
  }
}

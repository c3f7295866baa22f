package io.legwork.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the demo against the stack of this checkout, or against the one of docker compose. */
final class Demonstration {

  /** Asks for the stack that {@code docker compose up} started, on its usual ports. */
  static final String COMPOSE = "--compose";

  private static final List<String> COMPOSE_ARGUMENTS =
      List.of(
          "--producer", "http://127.0.0.1:8080",
          "--management", "http://127.0.0.1:9080",
          "--notifier", "http://127.0.0.1:8082",
          "--advertise", "host.docker.internal");

  private final Home home;

  Demonstration(Home home) {
    this.home = home;
  }

  /** Returns the exit code of the demo; arguments given here win over ours. */
  int run(StackSettings settings, List<String> arguments) {
    var own =
        List.of(
            "--producer", url(settings, Port.PRODUCER),
            "--management", url(settings, Port.PRODUCER_MANAGEMENT),
            "--notifier", url(settings, Port.NOTIFIER));
    return run(own, arguments.stream());
  }

  /** Like {@link #run(StackSettings, List)}, against containers. */
  int runAgainstCompose(List<String> arguments) {
    var others = arguments.stream().filter(argument -> !argument.equals(COMPOSE));
    return run(COMPOSE_ARGUMENTS, others);
  }

  private int run(List<String> own, Stream<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
    command.add(home.built("examples/demo", "SNAPSHOT.jar").toString());
    command.addAll(own);
    command.addAll(List.of("--data", home.root().resolve("examples/data").toString()));
    command.addAll(List.of("--out", home.folder("demo").toString()));
    arguments.forEach(command::add);
    return Foreground.run(command);
  }

  private static String url(StackSettings settings, Port port) {
    return "http://127.0.0.1:" + settings.port(port);
  }
}

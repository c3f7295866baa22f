package io.legwork.local;

import io.legwork.local.service.RunKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
            "--notifier", url(settings, Port.NOTIFIER),
            "--authorization", home.authorization().toString());
    return run(own, arguments.stream(), Map.of());
  }

  /** Like {@link #run(StackSettings, List)}, against containers. */
  int runAgainstCompose(List<String> arguments) {
    var others = arguments.stream().filter(argument -> !argument.equals(COMPOSE));
    return run(COMPOSE_ARGUMENTS, others, composeKey());
  }

  private int run(List<String> own, Stream<String> arguments, Map<String, String> key) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
    command.add(home.built("examples/demo", "SNAPSHOT.jar").toString());
    command.addAll(own);
    command.addAll(List.of("--data", home.root().resolve("examples/data").toString()));
    command.addAll(List.of("--out", home.folder("demo").toString()));
    arguments.forEach(command::add);
    return Foreground.run(command, key);
  }

  /** The key is where compose finds it: in the environment, else in its file of settings. */
  private Map<String, String> composeKey() {
    var line = RunKey.VARIABLE + "=";
    return System.getenv().containsKey(RunKey.VARIABLE)
        ? Map.of()
        : Folders.read(home.root().resolve(".env")).stream()
            .flatMap(String::lines)
            .filter(it -> it.startsWith(line))
            .map(it -> it.substring(line.length()).strip())
            .collect(Collectors.toMap(_ -> RunKey.VARIABLE, key -> key, (_, last) -> last));
  }

  private static String url(StackSettings settings, Port port) {
    return "http://127.0.0.1:" + settings.port(port);
  }
}

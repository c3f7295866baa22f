package io.legwork.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the demo against the stack of this checkout. */
final class Demonstration {

  private final Home home;

  Demonstration(Home home) {
    this.home = home;
  }

  /** Returns the exit code of the demo; arguments given here win over ours. */
  int run(StackSettings settings, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
    command.add(home.built("examples/demo", "SNAPSHOT.jar").toString());
    command.addAll(List.of("--producer", url(settings, Port.PRODUCER)));
    command.addAll(List.of("--management", url(settings, Port.PRODUCER_MANAGEMENT)));
    command.addAll(List.of("--notifier", url(settings, Port.NOTIFIER)));
    command.addAll(List.of("--data", home.root().resolve("examples/data").toString()));
    command.addAll(List.of("--out", home.folder("demo").toString()));
    command.addAll(arguments);
    return Foreground.run(command);
  }

  private static String url(StackSettings settings, Port port) {
    return "http://127.0.0.1:" + settings.port(port);
  }
}

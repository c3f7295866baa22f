package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.util.TreeMap;

/** What a worker of one's own needs to know to work for the stack on this machine. */
record WorkerSettings(Home home, Terminal terminal) {

  /** Prints it for a shell, which may evaluate it. */
  void print() {
    var settings =
        StackSettings.load(home.settings())
            .orElseThrow(() ->
                new LocalStackException(
                    "Legwork was never started here; start it with `./legwork up`."));
    var worker = Service.worker(1, Port.WORKER_1_MANAGEMENT, settings, home);
    new TreeMap<>(worker.environment())
        .forEach((name, value) -> {
          if (name.startsWith("SPRING_") || name.equals("LEGWORK_OUTBOUND_ALLOW")) {
            terminal.say("export %s='%s'".formatted(name, value));
          }
        });
  }
}

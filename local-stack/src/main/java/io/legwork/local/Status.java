package io.legwork.local;

import java.util.List;
import java.util.stream.Collectors;

/** Says of every part of the stack whether it runs, where, and whether it takes clients. */
final class Status {

  private static final String ROW = "%-10s %-8s %-18s %s";

  private record Row(String name, String pid, String ports, String health, boolean good) {}

  private final Home home;
  private final Terminal terminal;

  Status(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** Prints the table; whether all is well. */
  boolean run() {
    var settings = StackSettings.load(home.settings());
    if (settings.isEmpty()) {
      terminal.say("Legwork is not running here; start it with `./legwork up`.");
      return false;
    }
    var rows =
        Stack.of(home, settings.get()).parts().parallelStream()
            .map(part -> row(part, settings.get()))
            .toList();
    print(rows);
    return rows.stream().allMatch(Row::good);
  }

  private void print(List<Row> rows) {
    terminal.say(ROW.formatted("PART", "PID", "PORTS", "HEALTH"));
    for (var row : rows) {
      terminal.say(ROW.formatted(row.name(), row.pid(), row.ports(), row.health()));
    }
    if (!rows.stream().allMatch(Row::good)) {
      terminal.say("`./legwork up` starts what is down; `./legwork logs <part>` may say why.");
    }
  }

  private static Row row(Part part, StackSettings settings) {
    var ports =
        part.ports().stream()
            .map(port -> Integer.toString(settings.port(port)))
            .collect(Collectors.joining(" "));
    var process = part.daemon().running();
    if (process.isEmpty()) {
      return new Row(part.name(), "-", ports, "down", false);
    }
    var ready = part.isReady();
    var pid = Long.toString(process.get().pid());
    return new Row(part.name(), pid, ports, ready ? "ready" : "not ready", ready);
  }
}

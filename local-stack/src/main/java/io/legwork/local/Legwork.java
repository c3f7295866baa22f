package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line. The script {@code legwork} builds what is missing and then runs this. */
public final class Legwork {

  private static final int GOOD = 0;
  private static final int BAD = 1;
  private static final int MISUSED = 2;

  private final Home home;
  private final Terminal terminal;

  Legwork(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** Exits with 0 if all is well, 1 if something is not, and 2 if the command is not known. */
  public static void main(String[] arguments) {
    var root = Path.of(System.getProperty("legwork.home", "."));
    var terminal = new Terminal(System.out);
    var legwork = new Legwork(new Home(root, root.resolve(".legwork")), terminal);
    System.exit(legwork.run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.isEmpty()) {
      return misused("a command is missing");
    }
    var options = new ArrayList<>(arguments.subList(1, arguments.size()));
    try {
      return run(arguments.getFirst(), options);
    } catch (LocalStackException e) {
      System.err.println(e.getMessage());
      return BAD;
    }
  }

  private int run(String command, List<String> options) {
    return switch (command) {
      case "up" -> options.isEmpty() ? up() : misused("`up` takes no options");
      case "down" -> down(options);
      case "status" -> exitCode(new Status(home, terminal).run());
      case "logs" -> logs(options);
      case "demo" ->
          options.contains(Demonstration.COMPOSE)
              ? new Demonstration(home).runAgainstCompose(options)
              : new Demonstration(home).run(new Up(home, terminal).run(), options);
      case "chaos" -> new ChaosProgram(home).run(options);
      case "bench" -> new BenchProgram(home).run(options);
      case "listen" -> new Listen(home, terminal).run(options);
      case "handler" -> new HandlerPackage(home, terminal).run(options);
      case "audit" -> new Audit(home, terminal).run(options);
      case "settings" -> settings();
      case "doctor" -> exitCode(new Doctor(home, terminal).run());
      default -> misused("there is no command \"" + command + "\"");
    };
  }

  private int up() {
    var settings = new Up(home, terminal).run();
    terminal.say(
        """

        Legwork is up.
          tasks     http://127.0.0.1:%d/v1/tasks
          API       http://127.0.0.1:%d/openapi
          events    http://127.0.0.1:%d/v1/events
          metrics   http://127.0.0.1:%d/actuator/prometheus
          key       curl -H @%s
        Next: `./legwork demo`, `./legwork logs -f`, `./legwork down`.\
        """
            .formatted(
                settings.port(Port.PRODUCER),
                settings.port(Port.PRODUCER),
                settings.port(Port.NOTIFIER),
                settings.port(Port.PRODUCER_MANAGEMENT),
                home.authorization()));
    return GOOD;
  }

  private int settings() {
    new WorkerSettings(home, terminal).print();
    return GOOD;
  }

  private int down(List<String> options) {
    var wipe = options.remove("--wipe");
    if (!options.isEmpty()) {
      return misused("`down` takes only --wipe");
    }
    new Down(home, terminal).run(wipe);
    return GOOD;
  }

  private int logs(List<String> options) {
    var follow = options.remove("-f");
    return new Logs(home).run(options, follow);
  }

  private int misused(String problem) {
    System.err.println("legwork: " + problem + "; run `./legwork` to see what there is.");
    return MISUSED;
  }

  private static int exitCode(boolean good) {
    return good ? GOOD : BAD;
  }
}

package io.legwork.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was asked for on the command line: options with a value, as in {@code --seconds 30}. */
final class Options {

  static final String USAGE =
      """
      Usage: ./legwork bench [throughput|latency|scale|backlog|pinned|soak|overload|notifications|streams|
                              access] [OPTION VALUE]...

        --seconds N       how long each load lasts
        --warm-up N       for how many seconds each kind of load runs before anything counts (20)
        --rounds N        how often each is repeated; medians are told
        --mode M          what throughput submits: batch, single, or both (both); access: keys,
                          whole, wall, guesses, or all (all)
        --listen yes      throughput: a listener of the event stream takes every end
        --rate N          latency, notifications, streams: tasks per second; soak: instead of 70 %;
                          access: tasks per second beside guesses (200)
        --batch N         tasks per batch (500)
        --connections N   of the client (4 for batches, 64 for single tasks)
        --payload N       bytes of each payload (256)
        --producers N     how many producers (1)
        --workers N       how many workers (1)
        --finished N      backlog: finished tasks in the grown ledger (2000000)
        --queued N        backlog: queued tasks in it (500000); notifications: webhooks (100000)
        --streams N       streams: how many readers of the event stream (10000)
        --pinned N        pinned: how many seconds a transaction is left open (600)
        --heap SIZE       of each service (256m)
        --java OPTIONS    for the JVM of each service, besides the heap
        --set KEY=VALUE   an environment variable for each service; may be given several times
        --profile yes     tells where the services and the database spent their time
        --ceilings no     leaves out what broker, database and HTTP do alone\
      """;

  private static final List<String> NAMES =
      List.of(
          "seconds",
          "warm-up",
          "rounds",
          "mode",
          "listen",
          "rate",
          "batch",
          "connections",
          "payload",
          "producers",
          "workers",
          "finished",
          "queued",
          "streams",
          "pinned",
          "heap",
          "java",
          "set",
          "profile",
          "ceilings",
          "root",
          "out");

  private final Map<String, String> values;
  private final Map<String, String> settings;

  private Options(Map<String, String> values, Map<String, String> settings) {
    this.values = values;
    this.settings = settings;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  static Options of(List<String> arguments) {
    var values = new LinkedHashMap<String, String>();
    var settings = new LinkedHashMap<String, String>();
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i).replaceFirst("^--", "");
      if (!arguments.get(i).startsWith("--") || !NAMES.contains(name)) {
        throw new IllegalArgumentException("There is no option " + arguments.get(i) + ".");
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--" + name + " needs a value.");
      }
      if (name.equals("set")) {
        set(settings, arguments.get(i + 1));
      } else {
        values.put(name, arguments.get(i + 1));
      }
    }
    return new Options(values, settings);
  }

  private static void set(Map<String, String> settings, String setting) {
    var parts = setting.split("=", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("--set needs KEY=VALUE, not \"" + setting + "\".");
    }
    settings.put(parts[0], parts[1]);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  boolean is(String name, boolean otherwise) {
    return text(name, otherwise ? "yes" : "no").equals("yes");
  }

  /** Whether it is asked where the time goes. */
  boolean isProfiled() {
    return is("profile", false);
  }

  int number(String name, int otherwise) {
    var text = values.get(name);
    try {
      int number = text == null ? otherwise : Integer.parseInt(text);
      if (number < 1) {
        throw new NumberFormatException(text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--%s needs a whole number of at least 1, not \"%s\".".formatted(name, text), e);
    }
  }

  /** For how long each kind of load runs before anything counts. */
  int warmUpSeconds() {
    return number("warm-up", 20);
  }

  Path root() {
    return Path.of(text("root", "."));
  }

  Path out() {
    return Path.of(text("out", root().resolve(".legwork/bench").toString()));
  }

  /** Environment variables for the services. */
  Map<String, String> settings() {
    return settings;
  }

  /** For the JVMs of the services, which run as in their images. */
  List<String> javaOptions() {
    var options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    options.add("-Xmx" + text("heap", "256m"));
    Arrays.stream(text("java", "").split(" ", -1)).filter(o -> !o.isBlank()).forEach(options::add);
    return options;
  }

  /** Everything that was given. */
  Map<String, String> given() {
    var given = new LinkedHashMap<>(values);
    settings.forEach((key, value) -> given.put("set " + key, value));
    return given;
  }
}

package io.legwork.local;

import io.legwork.local.service.RunKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line of the listener: which events go where. */
final class Listen {

  private static final List<String> OPTIONS =
      List.of("--forward-to", "--types", "--states", "--events");
  private static final int MISUSED = 2;

  private final Home home;
  private final Terminal terminal;

  Listen(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  /** Posts events until it is stopped; returns only if it cannot begin. */
  int run(List<String> arguments) {
    var options = options(arguments);
    var target = options.get("--forward-to");
    if (options.isEmpty() || target == null) {
      System.err.println(
          "legwork: usage: ./legwork listen --forward-to URL [--types T,…] [--states S,…]"
              + " [--events URL]");
      return MISUSED;
    }
    var settings = StackSettings.load(home.settings());
    var events =
        options.getOrDefault(
            "--events",
            settings
                .map(it -> "http://127.0.0.1:%d/v1/events".formatted(it.port(Port.NOTIFIER)))
                .orElse("http://127.0.0.1:8082/v1/events"));
    var secret = settings.map(StackSettings::signingSecret).orElseGet(Names::webhookSecret);
    terminal.say("Events are posted to %s, signed with %s".formatted(target, secret));
    var key = key(options.containsKey("--events") ? Optional.empty() : settings);
    new Listener(
            URI.create(events + query(options)), key, URI.create(target), secret, terminal::say)
        .run();
    return 0;
  }

  /** The key of the stack is not told to others; theirs is in the environment. */
  private static String key(Optional<StackSettings> ours) {
    var other = System.getenv().getOrDefault(RunKey.VARIABLE, "");
    return ours.map(StackSettings::apiKey).orElse(other);
  }

  /** The values of the options; nothing if one of them is not known or has no value. */
  private static Map<String, String> options(List<String> arguments) {
    var options = new HashMap<String, String>();
    for (var i = 0; i < arguments.size(); i += 2) {
      if (!OPTIONS.contains(arguments.get(i)) || i + 1 == arguments.size()) {
        return Map.of();
      }
      options.put(arguments.get(i), arguments.get(i + 1));
    }
    return options;
  }

  private static String query(Map<String, String> options) {
    var parameters = new ArrayList<String>();
    for (var name : List.of("types", "states")) {
      var value = options.get("--" + name);
      if (value != null) {
        parameters.add(name + "=" + value);
      }
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }
}

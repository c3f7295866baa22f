package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What was chosen for a stack when it first came up, and stays until it is wiped.
 *
 * @param apiKey lets whoever can read the settings do everything with the stack
 */
record StackSettings(
    Map<Port, Integer> ports,
    String databasePassword,
    String brokerPassword,
    String signingSecret,
    String apiKey) {

  private static final String DATABASE_PASSWORD = "database.password";
  private static final String BROKER_PASSWORD = "broker.password";
  private static final String API_KEY = "api.key";
  private static final String SIGNING_SECRET = "webhooks.signing-secret";

  StackSettings {
    ports = Map.copyOf(ports);
  }

  static StackSettings choose() {
    return new StackSettings(
            Map.of(), Names.password(), Names.password(), Names.webhookSecret(), RunKey.random())
        .withFree(List.of(Port.values()));
  }

  /** What was saved; empty if nothing was. A stack from before there were keys gets one. */
  static Optional<StackSettings> load(Path file) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    var properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
      var ports = new EnumMap<Port, Integer>(Port.class);
      for (var port : Port.values()) {
        ports.put(port, Integer.valueOf(required(properties, port.key())));
      }
      return Optional.of(
          withKey(
              file,
              new StackSettings(
                  ports,
                  required(properties, DATABASE_PASSWORD),
                  required(properties, BROKER_PASSWORD),
                  required(properties, SIGNING_SECRET),
                  properties.getProperty(API_KEY, ""))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new LocalStackException(
          "%s cannot be used (%s); remove the stack with `./legwork down --wipe`."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static StackSettings withKey(Path file, StackSettings saved) {
    if (!saved.apiKey().isEmpty()) {
      return saved;
    }
    var complete =
        new StackSettings(
            saved.ports(),
            saved.databasePassword(),
            saved.brokerPassword(),
            saved.signingSecret(),
            RunKey.random());
    complete.save(file);
    return complete;
  }

  private static String required(Properties properties, String key) {
    var value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + key);
    }
    return value;
  }

  void save(Path file) {
    var lines =
        ports.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey().key() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
    var secrets =
        "%n%s=%s%n%s=%s%n%s=%s%n%s=%s%n"
            .formatted(
                DATABASE_PASSWORD,
                databasePassword,
                BROKER_PASSWORD,
                brokerPassword,
                SIGNING_SECRET,
                signingSecret,
                API_KEY,
                apiKey);
    Folders.writeSecret(file, lines + secrets, "rw-------");
  }

  int port(Port port) {
    var number = ports.get(port);
    if (number == null) {
      throw new IllegalStateException("no number was chosen for " + port);
    }
    return number;
  }

  boolean areFree(Collection<Port> wanted) {
    return wanted.stream().allMatch(port -> FreePorts.isFree(port(port)));
  }

  /**
   * The same settings with a free number for each of the given ports: the one it has if that is
   * free, otherwise the usual one, otherwise any. When all are given, the usual ones come first.
   */
  StackSettings withFree(Collection<Port> wanted) {
    var all = wanted.size() == Port.values().length;
    var free = new FreePorts();
    ports.forEach((port, number) -> {
      if (!wanted.contains(port)) {
        free.reserve(number);
      }
    });
    var chosen = new EnumMap<Port, Integer>(Port.class);
    chosen.putAll(ports);
    for (var port : wanted) {
      var current = ports.getOrDefault(port, 0);
      var usual = port.preferred();
      chosen.put(port, all ? free.preferably(usual, current) : free.preferably(current, usual));
    }
    return new StackSettings(chosen, databasePassword, brokerPassword, signingSecret, apiKey);
  }
}

package io.legwork.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the services, and how it is set up on this machine.
 *
 * @param ports the ports it listens on, the one for clients first
 * @param inputs folders of which it uses what it finds there when it starts
 * @param management the one of them that answers for its health
 */
record Service(
    String name,
    String module,
    List<Port> ports,
    Port management,
    String heap,
    List<Path> inputs,
    Map<String, String> environment) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String ADMIN_KEYS = "LEGWORK_SECURITY_ADMIN_KEYS";

  static Service producer(StackSettings settings) {
    return new Service(
        "producer",
        "producer-service",
        List.of(Port.PRODUCER, Port.PRODUCER_MANAGEMENT),
        Port.PRODUCER_MANAGEMENT,
        "384m",
        List.of(),
        environment(
            settings,
            Port.PRODUCER_MANAGEMENT,
            Map.of("SERVER_PORT", number(settings, Port.PRODUCER), ADMIN_KEYS, settings.apiKey())));
  }

  static Service notifier(StackSettings settings) {
    return new Service(
        "notifier",
        "notifier-service",
        List.of(Port.NOTIFIER, Port.NOTIFIER_MANAGEMENT),
        Port.NOTIFIER_MANAGEMENT,
        "256m",
        List.of(),
        environment(
            settings,
            Port.NOTIFIER_MANAGEMENT,
            Map.of(
                "SERVER_PORT",
                number(settings, Port.NOTIFIER),
                ADMIN_KEYS,
                settings.apiKey(),
                "LEGWORK_WEBHOOKS_SIGNING_SECRET",
                settings.signingSecret())));
  }

  static Service worker(int index, Port management, StackSettings settings, Home home) {
    return new Service(
        "worker-" + index,
        "worker-service",
        List.of(management),
        management,
        "384m",
        List.of(home.handlers()),
        environment(
            settings,
            management,
            Map.of("SERVER_PORT", "0", "LEGWORK_WORKER_HANDLERS", home.handlers().toString())));
  }

  /** Everything listens on loopback only: nobody else on the network can submit work. */
  private static Map<String, String> environment(
      StackSettings settings, Port management, Map<String, String> own) {
    var environment = new HashMap<>(own);
    environment.put("SERVER_ADDRESS", LOOPBACK);
    environment.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
    environment.put("MANAGEMENT_SERVER_PORT", number(settings, management));
    var database =
        DatabaseAccess.of(
            LOOPBACK,
            settings.port(Port.DATABASE),
            NativeDatabase.NAME,
            NativeDatabase.NAME,
            settings.databasePassword());
    environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
    environment.put("SPRING_DATASOURCE_USERNAME", database.username());
    environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
    environment.put("SPRING_RABBITMQ_HOST", LOOPBACK);
    environment.put("SPRING_RABBITMQ_PORT", number(settings, Port.BROKER));
    environment.put("SPRING_RABBITMQ_USERNAME", NativeBroker.USER);
    environment.put("SPRING_RABBITMQ_PASSWORD", settings.brokerPassword());
    environment.put("SPRING_RABBITMQ_VIRTUAL_HOST", "/");
    // What a developer tries out usually runs on the same machine, or next to it.
    environment.put("LEGWORK_OUTBOUND_ALLOW", "public,loopback,private");
    environment.put("LEGWORK_SECRETS_KEYS", Names.derivedKey(settings.signingSecret()));
    return environment;
  }

  private static String number(StackSettings settings, Port port) {
    return Integer.toString(settings.port(port));
  }
}

package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker and the database of integration tests. One of each is started per JVM, when first
 * asked for, and stopped with the JVM; every call hands out an empty database or virtual host of
 * its own.
 *
 * <p>{@code LEGWORK_TEST_INFRA} says where they run: {@code container} (Testcontainers), {@code
 * native} (the installed RabbitMQ and an embedded PostgreSQL) or {@code auto}, the default, which
 * takes containers where Docker and the images are at hand.
 */
public final class TestInfra {

  private enum Place {
    CONTAINER,
    NATIVE
  }

  private static final Logger LOG = LoggerFactory.getLogger(TestInfra.class);
  private static final FreePorts PORTS = new FreePorts();

  /** How many virtual hosts are made at a time. */
  private static final int AT_ONCE = 10;

  private static final Queue<BrokerAccess> VIRTUAL_HOSTS = new ArrayDeque<>();

  private static @Nullable Place place;
  private static @Nullable Broker sharedBroker;
  private static @Nullable Database sharedDatabase;
  private static @Nullable TestFolder folder;

  private TestInfra() {}

  /** An empty database on the server that this JVM's tests share. */
  public static DatabaseAccess database() {
    return sharedDatabase().newDatabase();
  }

  /** An empty virtual host on the broker that this JVM's tests share. */
  public static synchronized BrokerAccess broker() {
    if (VIRTUAL_HOSTS.isEmpty()) {
      VIRTUAL_HOSTS.addAll(sharedBroker().newVirtualHosts(AT_ONCE));
    }
    return VIRTUAL_HOSTS.remove();
  }

  /** The broker that this JVM's tests share; do not stop it. */
  public static synchronized Broker sharedBroker() {
    if (sharedBroker == null) {
      sharedBroker = dedicatedBroker();
    }
    return sharedBroker;
  }

  /** The database server that this JVM's tests share; do not stop it. */
  public static synchronized Database sharedDatabase() {
    if (sharedDatabase == null) {
      sharedDatabase = dedicatedDatabase();
    }
    return sharedDatabase;
  }

  /** A running broker for one test, which may stop, kill and start it; the test closes it. */
  public static synchronized Broker dedicatedBroker() {
    Broker broker =
        switch (place()) {
          case CONTAINER -> new ContainerBroker(PORTS.any());
          case NATIVE -> NativeBroker.inFolder(folder("broker"), PORTS);
        };
    return closedWithTheJvm(broker, broker::start);
  }

  /** A running database server for one test, which may stop and start it; the test closes it. */
  public static synchronized Database dedicatedDatabase() {
    Database database =
        switch (place()) {
          case CONTAINER -> new ContainerDatabase(PORTS.any());
          case NATIVE -> NativeDatabase.inFolder(folder("database"), PORTS);
        };
    return closedWithTheJvm(database, database::start);
  }

  private static <T extends AutoCloseable> T closedWithTheJvm(T server, Runnable start) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop test server"));
    start.run();
    return server;
  }

  /** The JVM is ending: what cannot be closed is said, and the rest is closed. */
  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      LOG.warn("A test server could not be closed", e);
    }
  }

  private static Path folder(String name) {
    if (folder == null) {
      folder = TestFolder.create();
    }
    return folder.resolve(Names.unique(name));
  }

  private static Place place() {
    if (place == null) {
      place = choose(System.getenv().getOrDefault("LEGWORK_TEST_INFRA", "auto"));
      LOG.info("Integration tests use {} servers.", place);
    }
    return place;
  }

  private static Place choose(String wanted) {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "container" -> Place.CONTAINER;
      case "native" -> Place.NATIVE;
      case "auto" -> ContainerHost.isUsable() ? Place.CONTAINER : Place.NATIVE;
      default ->
          throw new LocalStackException(
              "LEGWORK_TEST_INFRA is \"%s\"; it must be auto, container or native."
                  .formatted(wanted));
    };
  }
}

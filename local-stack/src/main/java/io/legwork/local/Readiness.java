package io.legwork.local;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for servers by asking them, every few milliseconds and within a bound. */
final class Readiness {

  private static final Duration INTERVAL = Duration.ofMillis(25);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Readiness() {}

  /** Whether the condition became true within the limit. */
  static boolean within(Duration limit, BooleanSupplier condition) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
    return true;
  }

  /** Waits until the process answers; fails with the end of its log if it ends or is too slow. */
  static void of(Daemon daemon, Path log, Duration limit, BooleanSupplier answers) {
    var answered = new AtomicBoolean();
    within(
        limit,
        () -> {
          var answer = answers.getAsBoolean();
          // What answers may be another process that took the port; then ours has ended.
          var running = daemon.isRunning();
          answered.set(answer && running);
          return answer || !running;
        });
    if (!answered.get()) {
      var what = daemon.isRunning() ? "is not ready after " + limit.toSeconds() + " s" : "ended";
      throw new LocalStackException(
          "%s %s. The end of its log, %s:%n%s"
              .formatted(daemon.name(), what, log, String.join("\n", Folders.tail(log, 15))));
    }
  }

  /** Waits until a client can log in to the broker. */
  static void ofBroker(BrokerAccess access) {
    if (!within(LIMIT, () -> answers(access))) {
      throw new LocalStackException(
          "RabbitMQ on port %d took no client within %d s."
              .formatted(access.port(), LIMIT.toSeconds()));
    }
  }

  /** Waits until a client can log in to the database. */
  static void ofDatabase(DatabaseAccess access) {
    if (!within(LIMIT, () -> answers(access))) {
      throw new LocalStackException(
          "PostgreSQL at %s took no client within %d s."
              .formatted(access.jdbcUrl(), LIMIT.toSeconds()));
    }
  }

  static boolean answers(BrokerAccess access) {
    if (!listens(access.host(), access.port())) {
      return false;
    }
    var factory = new ConnectionFactory();
    factory.setHost(access.host());
    factory.setPort(access.port());
    factory.setUsername(access.username());
    factory.setPassword(access.password());
    factory.setVirtualHost(access.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setExceptionHandler(new Silence());
    factory.setConnectionTimeout(2_000);
    factory.setHandshakeTimeout(5_000);
    try (var connection = factory.newConnection("readiness")) {
      return connection.isOpen();
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }

  static boolean answers(DatabaseAccess access) {
    var properties = new Properties();
    properties.setProperty("user", access.username());
    properties.setProperty("password", access.password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "5");
    try (var connection = DriverManager.getConnection(access.jdbcUrl(), properties)) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  static boolean listens(int port) {
    return listens(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  private static boolean listens(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** That a broker which is still starting drops a connection is no news. */
  private static final class Silence extends DefaultExceptionHandler {

    @Override
    protected void log(String message, Throwable failure) {}
  }
}

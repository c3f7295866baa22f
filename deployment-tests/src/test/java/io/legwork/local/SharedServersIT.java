package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedServersIT {

  @Test
  void givesEveryTestADatabaseOfItsOwn() throws SQLException {
    var one = TestInfra.database();
    var other = TestInfra.database();

    query(one, "CREATE TABLE only_here (id int)");

    assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    assertThat(query(one, "SELECT to_regclass('only_here')::text")).isEqualTo("only_here");
    assertThat(query(other, "SELECT to_regclass('only_here')::text")).isNull();
  }

  @Test
  void givesEveryTestAVirtualHostOfItsOwn() throws Exception {
    var one = TestInfra.broker();
    var other = TestInfra.broker();

    try (var connection = connect(one);
        var channel = connection.createChannel()) {
      channel.queueDeclare("here", true, false, false, Map.of("x-queue-type", "quorum"));
    }

    assertThat(one.virtualHost()).isNotEqualTo(other.virtualHost());
    assertThat(TestInfra.sharedBroker().rabbitmqctl("list_queues", "-p", one.virtualHost()))
        .contains("here");
    assertThat(TestInfra.sharedBroker().rabbitmqctl("list_queues", "-p", other.virtualHost()))
        .doesNotContain("here");
  }

  @Test
  void keepsMessagesOverStopKillAndStoppedApp() throws Exception {
    try (var broker = TestInfra.dedicatedBroker()) {
      var access = broker.access();
      try (var connection = connect(access);
          var channel = connection.createChannel()) {
        channel.confirmSelect();
        channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
        channel.basicPublish(
            "", "kept", MessageProperties.PERSISTENT_BASIC, "m".getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(10_000);
      }

      broker.stop();
      assertThat(Readiness.answers(access)).isFalse();
      broker.start();
      broker.kill();
      broker.start();
      broker.stopApp();
      assertThat(Readiness.answers(access)).isFalse();
      broker.startApp();

      assertThat(broker.access()).isEqualTo(access);
      try (var connection = connect(access);
          var channel = connection.createChannel()) {
        assertThat(channel.basicGet("kept", true)).isNotNull();
      }
    }
  }

  @Test
  void keepsRowsOverStopAndKill() throws SQLException {
    try (var database = TestInfra.dedicatedDatabase()) {
      query(database.access(), "CREATE TABLE kept AS SELECT 1 AS id");

      database.stop();
      assertThat(Readiness.answers(database.access())).isFalse();
      database.start();
      query(database.access(), "INSERT INTO kept VALUES (2)");
      database.kill();
      database.start();

      assertThat(query(database.access(), "SELECT count(*)::text FROM kept")).isEqualTo("2");
      assertThat(query(database.access(), "SHOW fsync")).isEqualTo("on");
      assertThat(query(database.access(), "SHOW max_connections")).isEqualTo("200");
    }
  }

  private static Connection connect(BrokerAccess access) throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost(access.host());
    factory.setPort(access.port());
    factory.setUsername(access.username());
    factory.setPassword(access.password());
    factory.setVirtualHost(access.virtualHost());
    return factory.newConnection();
  }

  /** The first column of the first row, if there is one. */
  private static @Nullable String query(DatabaseAccess access, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      try (var rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}

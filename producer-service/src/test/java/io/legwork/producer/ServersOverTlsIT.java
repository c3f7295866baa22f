package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerOpening;
import io.legwork.local.BrokerAccess;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * RabbitMQ over TLS with a verified host name and a certificate of the client's, PostgreSQL over
 * TLS with {@code verify-full}. Both run behind a front that ends TLS and asks for what they would.
 */
class ServersOverTlsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TASK = "{'type':'echo','payload':1}";

  private final BrokerAccess broker = TestInfra.broker();
  private final DatabaseAccess database = TestInfra.database();

  @TempDir private Path folder;
  private Certificates certificates;
  private Path server;
  private Path elsewhere;
  private Path client;
  private Path stranger;

  @BeforeEach
  void makeCertificates() throws Exception {
    certificates = new Certificates(folder);
    server = certificates.make("server", "localhost");
    elsewhere = certificates.make("elsewhere", "elsewhere.example.org");
    client = certificates.make("client", "client.example.org");
    stranger = certificates.make("stranger", "localhost");
  }

  @Test
  void publishesAndStoresOverTls() throws Exception {
    try (TlsFront amqps = frontOfBroker(server);
        TlsFront tls = frontOfDatabase(server);
        ProducerUnderTest producer =
            ProducerUnderTest.start(
                overTls(tls, server), at(amqps), brokerSettings(server, client))) {
      Answer accepted = producer.post("/v1/tasks", TASK);

      assertThat(accepted.status()).isEqualTo(202);
      await()
          .atMost(SOON)
          .until(() -> producer.bean(ConfirmedPublisher.class).status().confirmed() > 0);
    }
  }

  @Test
  void sendsNothingToABrokerItCannotVerify() throws Exception {
    for (Case wrong :
        List.of(
            new Case("another host's certificate", elsewhere, elsewhere, client),
            new Case("an unknown certificate", stranger, server, client),
            new Case("a client nobody knows", server, server, stranger))) {
      try (TlsFront amqps = frontOfBroker(wrong.shown());
          ProducerUnderTest producer =
              ProducerUnderTest.start(
                  database, at(amqps), brokerSettings(wrong.trusted(), wrong.own()))) {
        await(wrong.what())
            .atMost(SOON)
            .until(() -> producer.bean(ConfirmedPublisher.class).status().problem() != null);

        assertThat(producer.post("/v1/tasks", TASK).status()).as(wrong.what()).isEqualTo(202);
        assertThat(producer.bean(ConfirmedPublisher.class).status())
            .as(wrong.what())
            .satisfies(status -> {
              assertThat(status.connected()).isFalse();
              assertThat(status.confirmed()).isZero();
            });
      }
    }
  }

  @Test
  void opensNoDatabaseItCannotVerify() throws Exception {
    for (Path shown : List.of(elsewhere, stranger)) {
      Path trusted = shown.equals(stranger) ? server : elsewhere;
      try (TlsFront tls = frontOfDatabase(shown)) {
        DatabaseAccess wrong = overTls(tls, trusted);
        var ledger =
            new LedgerDataSource(
                new DriverManagerDataSource(wrong.jdbcUrl(), wrong.username(), wrong.password()));

        boolean opened = new LedgerOpening(ledger, false).tryToOpen(_ -> {});

        assertThat(opened).isFalse();
        assertThat(ledger.missing()).isNotEmpty();
      }
    }
  }

  /**
   * A broker that is not to be spoken to.
   *
   * @param shown by the broker
   * @param trusted by the producer
   * @param own shown by the producer
   */
  private record Case(String what, Path shown, Path trusted, Path own) {}

  private TlsFront frontOfBroker(Path shown) throws Exception {
    SSLContext context = Certificates.showing(shown, client);
    return TlsFront.ofBroker(context, broker.port());
  }

  private TlsFront frontOfDatabase(Path shown) throws Exception {
    return TlsFront.ofDatabase(
        Certificates.showing(shown, client),
        URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
  }

  private BrokerAccess at(TlsFront front) {
    return new BrokerAccess(
        "localhost", front.port(), broker.username(), broker.password(), broker.virtualHost());
  }

  private DatabaseAccess overTls(TlsFront front, Path trusted) throws Exception {
    String url =
        "jdbc:postgresql://localhost:%d/%s?sslmode=verify-full&sslrootcert=%s"
            .formatted(front.port(), database.database(), certificates.pem(trusted));
    return new DatabaseAccess(url, database.username(), database.password());
  }

  private String[] brokerSettings(Path trusted, Path own) throws Exception {
    List<String> settings = new ArrayList<>();
    settings.add("--spring.rabbitmq.ssl.enabled=true");
    settings.add("--spring.rabbitmq.ssl.bundle=broker");
    settings.addAll(store("truststore", certificates.trustStore(trusted)));
    settings.addAll(store("keystore", own));
    return settings.toArray(String[]::new);
  }

  private static List<String> store(String kind, Path store) {
    String prefix = "--spring.ssl.bundle.jks.broker." + kind;
    return List.of(
        prefix + ".location=file:" + store,
        prefix + ".password=" + Certificates.PASSWORD,
        prefix + ".type=PKCS12");
  }
}

package io.legwork.producer;

import static io.legwork.producer.Guarded.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.legwork.local.TestInfra;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who guesses keys over many connections waits on all of them, at little cost. */
class DetentionIT {

  private static final String WRONG = "Authorization: Bearer lw_default_" + "guess0".repeat(10);
  private static final String GUESS = "GET /v1/tasks HTTP/1.1\nHost: localhost\n" + WRONG + "\n\n";
  private static final Duration TIME = Duration.ofSeconds(1);
  private static final int GUESSERS = 1_200;
  private static final int MANY = 1_000;

  /** In the first ones the server may take too long to get to know them all within their time. */
  private static final int ROUNDS = 10;

  @TempDir private static Path folder;

  private static Guarded plain;
  private static Guarded encrypted;
  private static Path certificate;

  @BeforeAll
  static void start() throws Exception {
    certificate = new Certificates(folder).make("web", "localhost");
    plain = start(List.of());
    encrypted =
        start(
            List.of(
                "--server.ssl.key-store=file:" + certificate,
                "--server.ssl.key-store-type=PKCS12",
                "--server.ssl.key-store-password=" + Certificates.PASSWORD));
  }

  private static Guarded start(List<String> more) {
    List<String> settings = new ArrayList<>(more);
    settings.add("--legwork.security.admin-keys=" + OWNER);
    settings.add("--legwork.security.origins=https://app.example.org");
    settings.add("--legwork.security.failures-per-second=1");
    ProducerUnderTest producer =
        ProducerUnderTest.start(TestInfra.database(), settings.toArray(String[]::new));
    return new Guarded(producer, OWNER);
  }

  @AfterAll
  static void stop() {
    plain.close();
    encrypted.close();
  }

  @Test
  void keepsMoreThanAThousandConnectionsWaitingWhileARightKeyIsLetIn() throws Exception {
    boolean waitedTogether = false;
    for (int round = 0; round < ROUNDS && !waitedTogether; round++) {
      List<Guesser> guessers = new ArrayList<>();
      for (int i = 0; i < GUESSERS; i++) {
        guessers.add(new Guesser(new Socket("localhost", plain.producer().port())));
      }
      for (Guesser guesser : guessers) {
        guesser.send(GUESS);
      }

      assertThat(plain.call("GET", "/v1/tasks", OWNER).status()).isEqualTo(200);
      waitedTogether = requestsUnderWay() < 50 && waiting(guessers) > MANY;

      expectAllToBeRefused(guessers);
    }
    assertThat(waitedTogether).as("with a few threads, after a right key was let in").isTrue();
  }

  private static long waiting(List<Guesser> guessers) {
    return guessers.stream().filter(Guesser::isWaiting).count();
  }

  /** Threads, virtual ones included, in which the server does something for a request. */
  private static long requestsUnderWay() throws IOException {
    Path dump = Files.createTempDirectory(folder, "threads").resolve("dump");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
    try (var lines = Files.lines(dump)) {
      return lines.filter(line -> line.contains("Http11Processor.service(")).count();
    }
  }

  private static void expectAllToBeRefused(List<Guesser> guessers) throws IOException {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> guessers.stream().allMatch(it -> it.isRefused() || it.isWithinTheLimit()));
    List<Guesser> refused = guessers.stream().filter(Guesser::isRefused).toList();
    assertThat(refused).hasSizeGreaterThan(MANY);
    assertThat(refused).allSatisfy(it -> assertThat(it.waited()).isGreaterThanOrEqualTo(TIME));
    assertThat(refused).extracting(Guesser::answer).containsOnly(refused.getFirst().answer());
    for (Guesser guesser : guessers) {
      guesser.close();
    }
  }

  /** What cannot be read in one way only gets as far as the filter chain. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/tasks HTTP/1.1\n",
        "HEAD /v1/tasks HTTP/1.1\n",
        "PURGE /v1/tasks HTTP/1.1\n",
        "GET /v1/tasks HTTP/1.1\nOrigin: https://app.example.org\n",
        "GET /v1/tasks HTTP/1.1\nAuthorization: Bearer \u00e9\n",
      })
  void answersTheSameAsOverConnectionsThatKeepTheirThread(String request) throws Exception {
    String whole = request + "Host: localhost\n" + WRONG + "\n\n";

    Guesser without = refused(SocketFactory.getDefault(), plain, whole);
    Guesser with = refused(Certificates.trusting(certificate).getSocketFactory(), encrypted, whole);

    assertThat(lines(without.answer()))
        .contains("HTTP/1.1 429 ", "Retry-After: 1", "X-Content-Type-Options: nosniff")
        .containsExactlyInAnyOrderElementsOf(lines(with.answer()));
    assertThat(with.waited()).isGreaterThanOrEqualTo(TIME);
    assertThat(without.waited()).isGreaterThanOrEqualTo(TIME);
  }

  private static List<String> lines(String answer) {
    return answer.lines().toList();
  }

  /** One that is not of those that are told that the key is wrong. */
  private static Guesser refused(SocketFactory sockets, Guarded service, String request)
      throws IOException {
    while (true) {
      try (var guesser =
          new Guesser(sockets.createSocket("localhost", service.producer().port()))) {
        guesser.send(request);
        await().until(() -> guesser.isRefused() || guesser.isWithinTheLimit());
        if (guesser.isRefused()) {
          return guesser;
        }
      }
    }
  }

  @Test
  void answersTheFirstOfManyGuessesOverAConnectionAndNoOther() throws IOException {
    Guesser guesser = refused(SocketFactory.getDefault(), plain, GUESS.repeat(100));

    assertThat(guesser.answer().split("HTTP/1.1 ", -1)).as("nothing, and one answer").hasSize(2);
    assertThat(guesser.waited()).isGreaterThanOrEqualTo(TIME);
  }
}

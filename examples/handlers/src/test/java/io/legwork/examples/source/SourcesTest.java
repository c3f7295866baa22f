package io.legwork.examples.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SourcesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FileServer server = new FileServer();
  private final Sources sources = new Sources();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void opensAFile() throws Exception {
    assertThat(read(server.data("rocket.jpg"), 1 << 20))
        .isEqualTo(Files.readAllBytes(Path.of("../data/rocket.jpg")));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 403, 404, 410})
  void aSourceThatIsNotThereIsThePayloadsFault(int status) {
    String url = server.serveStatus(status);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(url, 10))
        .withMessage("the source answered " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void aServerInTroubleMayRecover(int status) {
    String url = server.serveStatus(status);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(url, 10))
        .withMessage("the source answered " + status);
  }

  @Test
  void aServerThatIsGoneMayComeBack() {
    server.close();

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(server.url("/"), 10));
  }

  @Test
  void anAnswerThatBreaksOffMayBeWholeNextTime() {
    String url =
        server.serve(
            "/broken",
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(new byte[10]);
              exchange.close();
            });

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(url, 1000));
  }

  @Test
  void doesNotWaitLongerThanTheAttemptLasts() {
    CountDownLatch over = new CountDownLatch(1);
    String url =
        server.serve(
            "/slow",
            exchange -> {
              try (exchange) {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sources.open(url, 10, Duration.ofMillis(100)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sources.open(url, 10, Duration.ZERO));
    over.countDown();
  }

  @Test
  void refusesASourceThatSaysItIsTooLarge() {
    String url = server.serve("/large", new byte[11]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sources.open(url, 10, PATIENCE))
        .withMessage("the source is larger than 10 bytes");
  }

  @Test
  void refusesASourceThatTurnsOutTooLarge() {
    String url =
        server.serve(
            "/endless",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(new byte[1000]);
              }
            });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(url, 5000))
        .withMessage("the source is larger than 5,000 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no url",
        "/path",
        "file:///etc/passwd",
        "ftp://a/",
        "http:///a",
        "http://u:p@a/"
      })
  void refusesWhatIsNotAUrlOfTheWeb(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(url, 10))
        .withMessageStartingWith("source ");
  }

  private byte[] read(String url, long maxBytes) throws IOException, InterruptedException {
    try (InputStream in = sources.open(url, maxBytes, PATIENCE)) {
      return in.readAllBytes();
    }
  }
}

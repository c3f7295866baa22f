package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a real web server, and real connections. */
@Timeout(60)
class DetainedConnectionsTest {

  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String GUESS = "GET / HTTP/1.1\nHost: localhost\n\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.0\n\n",
        "POST / HTTP/1.1\nHost: localhost\nContent-Length: 4\n\nbody",
        "POST / HTTP/1.1\nHost: localhost\nUpgrade: x\nConnection: upgrade\nContent-Length: 0\n\n"
      })
  void areToldTheirAnswerInTheEndAndClosed(String guess) throws Exception {
    try (var server = RefusingServer.start(folder, 1, SHORT)) {
      long begun = System.nanoTime();
      Socket client = server.ask(guess);
      await().until(() -> server.room() == 0);

      String answer = RefusingServer.answer(client);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT);
      assertThat(answer)
          .startsWith("HTTP/1.1 429 \r\n")
          .contains("\r\nConnection: close\r\n")
          .endsWith("}");
      await().until(() -> server.room() == 1);
    }
  }

  @Test
  void areToldNoBodyIfTheyAskedForTheHead() throws Exception {
    try (var server = RefusingServer.start(folder, 1, SHORT)) {
      String answer = RefusingServer.answer(server.ask("HEAD / HTTP/1.1\nHost: localhost\n\n"));

      assertThat(answer).contains("\r\nContent-Length: ").endsWith("\r\n\r\n");
    }
  }

  /** Encrypted ones are another kind; with these it can be tried without a certificate. */
  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked\n\n0\n\n", "Content-Length: 70000\n\nx"})
  void haveTheSameAnswerAsThoseThatKeepTheirThread(String rest) throws Exception {
    try (var server = RefusingServer.start(folder, 1, SHORT)) {
      String without = RefusingServer.answer(server.ask(GUESS));
      long begun = System.nanoTime();
      Socket client = server.ask("POST / HTTP/1.1\nHost: localhost\n" + rest);
      client.shutdownOutput();
      String with = RefusingServer.answer(client);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT);
      assertThat(lines(with)).containsExactlyInAnyOrderElementsOf(lines(without));
    }
  }

  private static List<String> lines(String answer) {
    return answer.lines().filter(line -> !line.startsWith("Date: ")).toList();
  }

  @Test
  void areToldAtOnceAndClosedIfThereIsNoRoom() throws Exception {
    try (var server = RefusingServer.start(folder, 1, FOR_EVER);
        Socket _ = server.ask(GUESS)) {
      await().until(() -> server.room() == 0);

      String answer = RefusingServer.answer(server.ask(GUESS));

      assertThat(answer).startsWith("HTTP/1.1 429 ").endsWith("}");
      assertThat(server.room()).isZero();
    }
  }

  @Test
  void leaveTheirRoomToOthersWhenTheirClientLeaves() throws Exception {
    try (var server = RefusingServer.start(folder, 1, FOR_EVER)) {
      Socket client = server.ask(GUESS);
      await().until(() -> server.room() == 0);

      client.close();

      await().until(() -> server.room() == 1);
    }
  }

  @Test
  void areNotListenedTo() throws Exception {
    try (var server = RefusingServer.start(folder, 1, SHORT.multipliedBy(4))) {
      Socket client = server.ask(GUESS.repeat(50));
      await().until(() -> server.room() == 0);
      RefusingServer.say(client, GUESS.repeat(50));

      String answer = RefusingServer.answer(client);

      // What was not listened to may take the answer with it.
      assertThat(answer.split("HTTP/1.1 ", -1)).hasSizeLessThanOrEqualTo(2);
      assertThat(server.room()).isOne();
    }
  }

  @Test
  void doNotHoldUpTheEndOfTheServer() throws Exception {
    var server = RefusingServer.start(folder, 10, FOR_EVER);
    Socket silent = server.ask(GUESS);
    Socket talking = server.ask(GUESS);
    await().until(() -> server.room() == 8);
    RefusingServer.say(talking, "more");

    long begun = System.nanoTime();
    server.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(RefusingServer.answer(silent)).isEmpty();
    assertThat(RefusingServer.answer(talking)).isEmpty();
    assertThat(server.room()).isEqualTo(10);
  }

  @Test
  void needLittleMemory() throws Exception {
    int most = 1_500;
    try (var server = RefusingServer.start(folder, most, FOR_EVER)) {
      List<Socket> clients = new ArrayList<>();
      clients.add(server.ask(GUESS));
      await().until(() -> server.room() == most - 1);
      long before = usedAfterCollection();
      while (clients.size() < most) {
        clients.add(server.ask(GUESS));
      }
      await().until(() -> server.room() == 0);

      long each = (usedAfterCollection() - before) / (most - 1);

      assertThat(each).isLessThan(30 * 1024);
      for (Socket client : clients) {
        client.close();
      }
      await().until(() -> server.room() == most);
    }
  }

  private static long usedAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

package io.legwork.chaos.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client, a link and a server that sends back what it gets. */
class LinkTest {

  private static final int SOON_MILLIS = 10_000;
  private static final int A_WHILE_MILLIS = 200;

  private final ServerSocket server;
  private final Link link;

  LinkTest() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    link = Link.to(server.getLocalPort());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void endServer() throws IOException {
    server.close();
  }

  @Test
  void passesBytesBothWays() throws IOException {
    try (var client = client()) {
      assertThat(echo(client, 42)).isEqualTo(42);
    }
  }

  @Test
  void cutsWhatIsThereAndTakesNewConnections() throws IOException {
    try (var client = client()) {
      echo(client, 1);

      link.cut();

      assertThatThrownBy(() -> echo(client, 2)).isInstanceOf(SocketException.class);
      try (var other = client()) {
        assertThat(echo(other, 3)).isEqualTo(3);
      }
    }
  }

  @Test
  void refusesUntilItPasses() throws IOException {
    link.refuse();
    try (var refused = client()) {
      assertThatThrownBy(() -> echo(refused, 1)).isInstanceOf(SocketException.class);
    }

    link.pass();

    try (var client = client()) {
      assertThat(echo(client, 2)).isEqualTo(2);
    }
  }

  @Test
  void holdsBytesUpWithoutLosingThem() throws IOException {
    try (var client = client()) {
      echo(client, 1);
      link.stall();
      client.getOutputStream().write(2);
      client.setSoTimeout(A_WHILE_MILLIS);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      link.pass();

      client.setSoTimeout(SOON_MILLIS);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void swallowsBytesWithoutASignAndResetsWhenItPasses() throws IOException {
    try (var client = client()) {
      echo(client, 1);
      link.swallow();
      client.getOutputStream().write(2);
      client.setSoTimeout(A_WHILE_MILLIS);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      link.pass();

      client.setSoTimeout(SOON_MILLIS);
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void delaysEachWay() throws IOException {
    try (var client = client()) {
      echo(client, 1);
      link.delay(Duration.ofMillis(A_WHILE_MILLIS));
      long start = System.nanoTime();

      assertThat(echo(client, 2)).isEqualTo(2);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(2 * A_WHILE_MILLIS));
    }
  }

  private Socket client() throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), link.port());
    client.setSoTimeout(SOON_MILLIS);
    return client;
  }

  /** Sends a byte; returns what comes back, and fails if the connection is gone. */
  private static int echo(Socket client, int sent) throws IOException {
    client.getOutputStream().write(sent);
    int received = client.getInputStream().read();
    if (received < 0) {
      throw new SocketException("closed");
    }
    return received;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> sendBack(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void sendBack(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException reset) {
      // The client is gone, as some of these tests mean it to be.
      return;
    }
  }
}

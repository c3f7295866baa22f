package io.legwork.bench.client;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that send questions for as long as somebody takes them, and never read an answer. */
public final class DeafClients implements AutoCloseable {

  private static final byte[] REQUEST =
      "GET /v1/tasks?limit=200 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: %s\r\n\r\n"
          .formatted(RunKey.header())
          .getBytes(StandardCharsets.US_ASCII);

  private final List<Socket> sockets = new ArrayList<>();

  private DeafClients() {}

  /** Connects so many of them, each of which sends at once. */
  public static DeafClients start(int port, int count) throws IOException {
    var clients = new DeafClients();
    for (int i = 0; i < count; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      clients.sockets.add(socket);
      Thread.ofPlatform().daemon().name("deaf").start(() -> send(socket));
    }
    return clients;
  }

  private static void send(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write(REQUEST);
      }
    } catch (IOException hungUp) {
      // By the server, which does not wait for ever, or by us: either way it is over.
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

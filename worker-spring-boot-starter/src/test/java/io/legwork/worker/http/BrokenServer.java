package io.legwork.worker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on loopback that breaks every connection. */
final class BrokenServer implements AutoCloseable {

  private final ServerSocket server;
  private final byte[] bytesBefore;

  private BrokenServer(ServerSocket server, byte[] bytesBefore) {
    this.server = server;
    this.bytesBefore = bytesBefore;
  }

  /** Says this much of an answer before it breaks the connection; says nothing: resets it. */
  static BrokenServer saying(String beginning) throws IOException {
    BrokenServer broken =
        new BrokenServer(
            new ServerSocket(0, 10, InetAddress.getLoopbackAddress()),
            beginning.getBytes(StandardCharsets.US_ASCII));
    Thread.ofVirtual().start(broken::breakConnections);
    return broken;
  }

  int port() {
    return server.getLocalPort();
  }

  private void breakConnections() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (bytesBefore.length == 0) {
          socket.setSoLinger(true, 0);
        } else {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(bytesBefore);
        }
      } catch (IOException e) {
        // The client hung up first, or the test is over: either way the connection is broken.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

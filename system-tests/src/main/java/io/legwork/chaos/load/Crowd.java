package io.legwork.chaos.load;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * More requests at once than a service keeps the buffers of, which it then keeps for good (some 70
 * KiB each). Faults bring such crowds about; a service that has seen one before is not taken for
 * one that leaks.
 */
public final class Crowd {

  /** Tomcat's processorCache is 200. */
  private static final int SIZE = 250;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final String CONTINUE = "HTTP/1.1 100";
  private static final String REFUSED = "HTTP/1.1 422";

  /** A task without a type: it is refused, and leaves nothing in the ledger. */
  private static final String BODY = "{}";

  private Crowd() {}

  /**
   * Sends them to a producer, the bodies only once it handles all of them.
   *
   * @throws IOException if one is not handled as a request for an invalid task
   */
  public static void visit(URI producer) throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < SIZE; i++) {
        sockets.add(open(producer));
      }
      expect(CONTINUE, sockets);
      for (Socket socket : sockets) {
        send(socket, BODY);
      }
      expect(REFUSED, sockets);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket open(URI producer) throws IOException {
    var socket = new Socket(producer.getHost(), producer.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    send(
        socket,
        """
        POST /v1/tasks HTTP/1.1
        Host: %s
        %s: %s
        Content-Type: application/json
        Content-Length: %d
        Expect: 100-continue

        """
            .formatted(producer.getAuthority(), RunKey.HEADER, RunKey.header(), BODY.length())
            .replace("\n", "\r\n"));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads one head from each. */
  private static void expect(String status, List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      String head = head(socket);
      if (!head.startsWith(status)) {
        throw new IOException("expected %s, but the answer is%n%s".formatted(status, head));
      }
    }
  }

  private static String head(Socket socket) throws IOException {
    var head = new StringBuilder();
    int next = 0;
    while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
      next = socket.getInputStream().read();
      head.append((char) next);
    }
    return head.toString();
  }
}

package io.legwork.producer;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends one wrong key over a connection of its own, and waits for what comes of it. */
final class Guesser implements AutoCloseable {

  private final Socket socket;
  private final Thread reader = Thread.ofVirtual().unstarted(this::read);
  private volatile String answer = "";
  private volatile long sent;
  private volatile long answered;
  private volatile boolean closed;

  /**
   * @param socket is connected
   */
  Guesser(Socket socket) {
    this.socket = socket;
  }

  /** Sends a request, with LF for CRLF. */
  Guesser send(String request) throws IOException {
    sent = System.nanoTime();
    socket
        .getOutputStream()
        .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    reader.start();
    return this;
  }

  private void read() {
    byte[] buffer = new byte[4096];
    var text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        answered = answered == 0 ? System.nanoTime() : answered;
        answer = text.append(new String(buffer, 0, read, StandardCharsets.UTF_8)).toString();
      }
      closed = true;
    } catch (IOException reset) {
      closed = answered != 0;
    }
  }

  boolean isWaiting() {
    return answered == 0;
  }

  /** Whether it was told to wait, and nothing can be sent any more. */
  boolean isRefused() {
    return closed && answer.startsWith("HTTP/1.1 429 ");
  }

  /** Whether it was one of those that are told that the key is wrong. */
  boolean isWithinTheLimit() {
    return answer.startsWith("HTTP/1.1 401 ");
  }

  /** How long nothing was answered. */
  Duration waited() {
    return Duration.ofNanos(answered - sent);
  }

  /** All that was answered, but for the time. */
  String answer() {
    return answer.replaceAll("Date: .*\r\n", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.legwork.producer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends what no decent client would, byte by byte, and reads the answer. */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 10_000;

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** What came back. */
  record Reply(String text) {

    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }

  /** Sends text with LF for CRLF, and reads the answer. */
  Reply send(String text) {
    return send(text.replace("\n", "\r\n"), null, 0);
  }

  /** Sends the head, then the chunk again and again until an answer comes. */
  Reply stream(String head, String chunk, int times) {
    return send(head.replace("\n", "\r\n"), chunk, times);
  }

  private Reply send(String head, @Nullable String chunk, int times) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; chunk != null && i < times && in.available() == 0; i++) {
        out.write(chunk.getBytes(StandardCharsets.ISO_8859_1));
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply read(InputStream in) throws IOException {
    var text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        if (isComplete(text)) {
          return new Reply(text.toString());
        }
      }
    } catch (SocketTimeoutException | SocketException over) {
      return new Reply(text.toString());
    }
    return new Reply(text.toString());
  }

  /** Whether the answer has arrived in whole. */
  private static boolean isComplete(StringBuilder text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    int length = text.indexOf("Content-Length: ");
    if (length < 0 || length > end) {
      return text.indexOf("\r\n0\r\n\r\n") > 0;
    }
    String number = text.substring(length + 16, text.indexOf("\r\n", length));
    return text.length() - end - 4 >= Integer.parseInt(number);
  }
}

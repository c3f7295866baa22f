package io.legwork.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection that is kept: a request is sent, its answer is read, then the next. The JDK's
 * client would cost more than the system it is to measure. Not thread-safe.
 */
final class HttpConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 60_000;
  private static final int FIRST_SIZE = 16 * 1024;
  private static final String LENGTH = "content-length:";
  private static final String ADVICE = "retry-after:";
  private static final String CHUNKED = "transfer-encoding: chunked";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int end;

  /**
   * An answer; valid until the next request.
   *
   * @param retryAfter the seconds of Retry-After, or -1
   * @param bytes has the body from {@code from} to {@code to}
   */
  @SuppressWarnings("ArrayRecordComponent") // A view of the buffer, never compared.
  record Answer(int status, int retryAfter, byte[] bytes, int from, int to) {

    String body() {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
  }

  private record Head(int status, int retryAfter, int length, int end) {}

  HttpConnection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a request and reads its answer; after an exception the connection is of no use. */
  Answer exchange(byte[] request) throws IOException {
    out.write(request);
    end = 0;
    var head = head();
    while (end < head.end() + head.length()) {
      fill();
    }
    return new Answer(
        head.status(), head.retryAfter(), buffer, head.end(), head.end() + head.length());
  }

  private Head head() throws IOException {
    int searched = 0;
    while (true) {
      int at = blankLine(searched);
      if (at >= 0) {
        return read(new String(buffer, 0, at, StandardCharsets.ISO_8859_1), at + 4);
      }
      searched = Math.max(0, end - 3);
      fill();
    }
  }

  private int blankLine(int from) {
    for (int i = from; i + 3 < end; i++) {
      if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r') {
        return i;
      }
    }
    return -1;
  }

  private static Head read(String head, int end) throws IOException {
    int status = Integer.parseInt(head.substring(9, 12));
    int length = 0;
    int advice = -1;
    for (var line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
      if (line.startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      } else if (line.startsWith(ADVICE)) {
        advice = Integer.parseInt(line.substring(ADVICE.length()).strip());
      } else if (line.equals(CHUNKED)) {
        throw new IOException("the answer is chunked, which this client does not read");
      }
    }
    return new Head(status, advice, length, end);
  }

  private void fill() throws IOException {
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      throw new EOFException("the connection was closed before the answer was complete");
    }
    end += count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

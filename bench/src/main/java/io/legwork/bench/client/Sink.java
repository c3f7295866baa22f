package io.legwork.bench.client;

import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Receives webhooks: {@code Sink <arrivals>}. It prints its port, and from then on how many it has
 * received; when its input ends, it writes the ids and times of the first arrivals, and ends too.
 * What is sent to {@code /drip} is answered a byte a second.
 */
public final class Sink {

  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int REPORT_MILLIS = 50;
  private static final int DRIP_MILLIS = 1000;
  private static final int LONGEST_LINE = 8192;
  private static final int BUFFER = 16 * 1024;

  private final Map<UUID, Long> arrivals = new ConcurrentHashMap<>();
  private final ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());

  private Sink() throws IOException {}

  /** Receives until the input ends. */
  public static void main(String[] arguments) throws IOException {
    var sink = new Sink();
    System.out.println(sink.server.getLocalPort());
    Thread.ofPlatform().daemon().name("acceptor").start(sink::accept);
    Thread.ofPlatform().daemon().name("reporter").start(sink::report);
    while (System.in.read() >= 0) {
      // Nothing is asked for: only the end matters.
    }
    sink.write(Path.of(arguments[0]));
    System.exit(0);
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // It ends with the process.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        receive(line, in, socket);
      }
    } catch (IOException | InterruptedException hungUp) {
      // The other side decides how long a connection lasts.
    }
  }

  private void receive(String request, InputStream in, Socket socket)
      throws IOException, InterruptedException {
    int length = 0;
    UUID id = null;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      var value = header.substring(name.length() + 1).strip();
      if (name.equals("content-length")) {
        length = Integer.parseInt(value);
      } else if (name.equals("webhook-id")) {
        id = UUID.fromString(value);
      }
    }
    in.skipNBytes(length);
    if (request.contains(" /drip ")) {
      drip(socket);
    } else if (id != null) {
      arrivals.putIfAbsent(id, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
      socket.getOutputStream().write(ANSWER);
    }
  }

  private static void drip(Socket socket) throws IOException, InterruptedException {
    for (byte next : ANSWER) {
      Thread.sleep(DRIP_MILLIS);
      socket.getOutputStream().write(next);
    }
  }

  /** A line without its end; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(128);
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r' && line.length() < LONGEST_LINE) {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private void report() {
    try {
      while (true) {
        Thread.sleep(REPORT_MILLIS);
        System.out.println(arrivals.size());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Path file) throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      for (var arrival : Map.copyOf(arrivals).entrySet()) {
        out.writeLong(arrival.getKey().getMostSignificantBits());
        out.writeLong(arrival.getKey().getLeastSignificantBits());
        out.writeLong(arrival.getValue());
      }
    }
  }
}

package io.legwork.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends a wrong key over and over, at so little cost that the system has the machine for itself:
 * one thread, one request that was made once, answers of which only the status is looked at. A
 * connection sends when it has had its answer, over a new one if that was the last. What is due
 * while all of them wait is not sent later: who guesses loses that time. Used by one thread.
 */
final class Guesser implements AutoCloseable {

  private static final int UNAUTHENTICATED = 401;
  private static final int TOO_MANY = 429;
  private static final int BUFFER = 4096;
  private static final int DIGITS = 3;
  private static final String LENGTH = "\r\nContent-Length: ";
  private static final String LAST = "\r\nConnection: close\r\n";

  /** Short, so that guesses come evenly and not by the dozen. */
  private static final long PAUSE_MILLIS = 1;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final LoadSpec spec;
  private final Selector selector;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final Histogram latency = new Histogram(DIGITS);
  private int open;
  private long sent;
  private long refused;
  private long unknown;
  private String firstProblem = "";

  Guesser(LoadSpec spec) throws IOException {
    this.spec = spec;
    this.selector = Selector.open();
    for (int i = 0; i < spec.connections(); i++) {
      int port = spec.ports().get(i % spec.ports().size());
      idle.add(new Connection(selector, port, Bodies.request(spec, port)));
    }
    this.open = spec.connections();
  }

  /** One of the connections, and what has come of the answer it waits for. */
  private static final class Connection {

    private final Selector selector;
    private final int port;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(BUFFER);
    private SocketChannel channel;
    private long sentAt;

    private Connection(Selector selector, int port, byte[] request) throws IOException {
      this.selector = selector;
      this.port = port;
      this.request = ByteBuffer.allocateDirect(request.length).put(request);
      this.channel = connect();
    }

    private SocketChannel connect() throws IOException {
      var connected =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connected.configureBlocking(false);
      connected.register(selector, SelectionKey.OP_READ, this);
      return connected;
    }

    /** Connects anew if the last answer said so. */
    private void send() throws IOException {
      sentAt = System.nanoTime();
      if (!channel.isOpen()) {
        channel = connect();
      }
      request.flip();
      while (request.hasRemaining()) {
        channel.write(request);
      }
    }

    /** The status of the answer once it is complete; 0 before that. */
    private int receive() throws IOException {
      if (channel.read(answer) < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
      int head = text.indexOf("\r\n\r\n");
      int length = text.indexOf(LENGTH);
      if (head < 0 || length < 0) {
        return 0;
      }
      int end = text.indexOf("\r\n", length + 2);
      int body = Integer.parseInt(text.substring(length + LENGTH.length(), end));
      if (text.length() < head + 4 + body) {
        return 0;
      }
      answer.clear();
      if (text.contains(LAST)) {
        channel.close();
      }
      return Integer.parseInt(text.substring(9, 12));
    }
  }

  /** Sends until the time is over, then waits for the answers that are missing. */
  void run() throws IOException {
    long start = System.nanoTime();
    long end = start + Math.round(spec.seconds() * 1e9);
    long due = 0;
    for (long now = start; now < end && open > 0; now = System.nanoTime()) {
      long planned =
          spec.rate() == 0 ? due + idle.size() : Math.round((now - start) * spec.rate() / 1e9);
      for (; due < planned && !idle.isEmpty(); due++) {
        send(idle.remove());
      }
      due = planned;
      selector.select(this::take, PAUSE_MILLIS);
    }
    while (idle.size() < open && System.nanoTime() < end + PATIENCE_NANOS) {
      selector.select(this::take, PAUSE_MILLIS);
    }
  }

  private void send(Connection connection) {
    sent++;
    try {
      connection.send();
    } catch (IOException e) {
      lost(connection, e);
    }
  }

  private void take(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      int status = connection.receive();
      if (status > 0) {
        latency.recordValue(System.nanoTime() - connection.sentAt);
        idle.add(connection);
        judge(status);
      }
    } catch (IOException e) {
      lost(connection, e);
    }
  }

  private void judge(int status) {
    if (status == UNAUTHENTICATED || status == TOO_MANY) {
      refused++;
    } else {
      unknown("a guess was answered " + status);
    }
  }

  private void lost(Connection connection, IOException reason) {
    open--;
    idle.remove(connection);
    unknown(reason.toString());
    try {
      connection.channel.close();
    } catch (IOException e) {
      unknown(e.toString());
    }
  }

  private void unknown(String problem) {
    unknown++;
    if (firstProblem.isEmpty()) {
      firstProblem = problem;
    }
  }

  /** What became of the guesses; the times are in microseconds. */
  LoadResult seen(long started, long ended, long cpuMicros) {
    return new LoadResult(
        started,
        ended,
        cpuMicros,
        sent,
        0,
        refused,
        0,
        0,
        unknown,
        firstProblem,
        Histograms.encoded(latency));
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}

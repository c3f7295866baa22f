package io.legwork.bench.client;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many readers of the event stream in one process: {@code Audience <port> <readers> <result.json>}.
 * It prints how many streams are open, how many events all of them have received, how many of these
 * came twice or out of order, and how many streams broke. From a line of input on it measures anew;
 * when its input ends it writes down what it measured, and ends too. A stream that breaks stays
 * broken, so that what its reader misses is seen.
 */
public final class Audience {

  private static final int MOST_CONNECTING = 32;
  private static final int BUFFER = 256 * 1024;
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long REPORT_MILLIS = TimeUnit.NANOSECONDS.toMillis(REPORT_NANOS);
  private static final int DIGITS = 3;

  /**
   * What was measured.
   *
   * @param latency from the time of each event to its arrival at each reader, in microseconds, as a
   *     compressed histogram in Base64
   * @param firstProblem why the first of the broken streams broke, empty if none did
   */
  public record Heard(
      long events, long disorderly, long broken, String firstProblem, String latency) {}

  private final KnownFrames known = new KnownFrames();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Selector selector = Selector.open();
  private final InetSocketAddress server;
  private final byte[] request;
  private final int readers;
  private int connecting;
  private int connected;
  private long open;
  private long events;
  private long disorderly;
  private long broken;
  private String firstProblem = "";
  private long now;
  private final StreamReader.Ear ear = new Counting();
  private Histogram latency = new Histogram(DIGITS);
  private volatile boolean anew;
  private volatile boolean ended;

  private Audience(int port, int readers) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.readers = readers;
    this.request =
        "GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s: %s\r\n\r\n"
            .formatted(port, RunKey.HEADER, RunKey.header())
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads until the input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var audience = new Audience(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    var thread = Thread.ofPlatform().daemon().name("audience").start(audience::run);
    for (int next = System.in.read(); next >= 0; next = System.in.read()) {
      audience.anew = true;
    }
    audience.ended = true;
    audience.selector.wakeup();
    thread.join();
    Files.write(Path.of(arguments[2]), JsonMapper.shared().writeValueAsBytes(audience.heard()));
  }

  private Heard heard() {
    return new Heard(events, disorderly, broken, firstProblem, Histograms.encoded(latency));
  }

  private void run() {
    try {
      long reported = System.nanoTime();
      while (!ended) {
        connectSome();
        selector.select(this::serve, REPORT_MILLIS);
        if (System.nanoTime() - reported > REPORT_NANOS) {
          reported = System.nanoTime();
          System.out.printf("%d %d %d %d%n", open, events, disorderly, broken);
        }
      }
    } catch (IOException failure) {
      throw new IllegalStateException("the readers cannot be served", failure);
    }
  }

  private void connectSome() throws IOException {
    while (connected < readers && connecting < MOST_CONNECTING) {
      connected++;
      connecting++;
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var key = channel.register(selector, SelectionKey.OP_CONNECT);
      key.attach(new StreamReader(known, ear));
      channel.connect(server);
    }
  }

  private void serve(SelectionKey key) {
    var channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
      } else {
        read(channel, (StreamReader) key.attachment());
      }
    } catch (IOException failure) {
      broken++;
      firstProblem = firstProblem.isEmpty() ? String.valueOf(failure.getMessage()) : firstProblem;
      key.cancel();
      closeQuietly(channel);
    }
  }

  private void read(SocketChannel channel, StreamReader reader) throws IOException {
    buffer.clear();
    int length = channel.read(buffer);
    if (length < 0) {
      throw new IOException("the server has closed the connection");
    }
    if (anew) {
      anew = false;
      latency = new Histogram(DIGITS);
    }
    now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    reader.take(buffer.array(), length);
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException hungUp) {
      // It is of no use either way.
    }
  }

  /** Counts what all of them receive. */
  private final class Counting implements StreamReader.Ear {

    @Override
    public void opened() {
      connecting--;
      open++;
    }

    @Override
    public void heard(int index, boolean inOrder) {
      events++;
      disorderly += inOrder ? 0 : 1;
      latency.recordValue(Math.max(now - known.micros(index), 0));
    }
  }
}

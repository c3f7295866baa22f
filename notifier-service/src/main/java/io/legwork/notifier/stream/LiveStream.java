package io.legwork.notifier.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A stream whose reader has been told the past, and what it is being sent. For one thread. */
final class LiveStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final EventStream stream;
  private final LiveConnection connection;
  private final Place place;
  private final Queue<Portion> portions = new ArrayDeque<>(1);
  private ByteBuffer rest = NOTHING;
  private long spoke;
  private long moved;

  /**
   * @param place up to where the reader has been told
   * @param now by {@link System#nanoTime}
   */
  LiveStream(EventStream stream, LiveConnection connection, Place place, long now) {
    this.stream = stream;
    this.connection = connection;
    this.place = place;
    this.spoke = now;
    this.moved = now;
  }

  EventStream stream() {
    return stream;
  }

  /**
   * Sends what waits, as much as the reader takes.
   *
   * @param silence after how long without an event a sign of life is sent
   * @param patience for how long the reader may take nothing of it
   * @return whether the stream goes on
   */
  boolean push(long now, Duration silence, Duration patience) {
    if (stream.isClosed() || connection.isClosed()) {
      return false;
    }
    if (!connection.isReady()) {
      return now - moved < patience.toNanos();
    }
    try {
      return send(now, silence, patience);
    } catch (IOException left) {
      return false;
    }
  }

  private boolean send(long now, Duration silence, Duration patience) throws IOException {
    ByteBuffer next = next(now, silence);
    while (next != null) {
      int before = next.remaining();
      connection.write(next);
      moved = next.remaining() < before ? now : moved;
      if (next.hasRemaining()) {
        return isMoving(now, patience);
      }
      next = next(now, silence);
    }
    moved = now;
    return !place.isOver();
  }

  private boolean isMoving(long now, Duration patience) {
    boolean moving = now - moved < patience.toNanos();
    if (!moving) {
      stream.cut();
    }
    return moving;
  }

  /** What is to be written now; null if there is nothing. */
  private @Nullable ByteBuffer next(long now, Duration silence) {
    while (!rest.hasRemaining() && !place.isOver()) {
      if (portions.isEmpty()) {
        portions.addAll(stream.poll());
      }
      Portion portion = portions.poll();
      if (portion != null) {
        rest = ByteBuffer.wrap(place.advance(portion));
      } else if (now - spoke >= silence.toNanos()) {
        rest = ByteBuffer.wrap(StreamWriter.PING);
      } else {
        return null;
      }
      spoke = now;
    }
    return rest.hasRemaining() ? rest : null;
  }

  /** Ends it. */
  void end() {
    stream.close();
    connection.close();
  }
}

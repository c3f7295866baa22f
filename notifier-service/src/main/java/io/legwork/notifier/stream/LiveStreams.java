package io.legwork.notifier.stream;

import io.legwork.authentication.KeyBook;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to all live streams, one after the other on one thread, which never waits for a reader.
 * What comes while all are written to goes out together in the next round, so that with thousands
 * of readers events go out in larger pieces and not ever later. Thread-safe.
 */
final class LiveStreams {

  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

  /** How often it is looked whether a reader's key is still valid: well within the promise. */
  static final Duration LOOK = KeyBook.PROMISE.dividedBy(2);

  /** How often readers who did not take everything are tried again, and silence is noticed. */
  private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);

  private final Set<LiveStream> streams = new LinkedHashSet<>();
  private final Semaphore wake = new Semaphore(0);
  private final Duration silence;
  private final Duration patience;
  private final KeyBook keys;
  private final Consumer<EventStream> whenEnded;
  private final Thread thread = Thread.ofPlatform().name("live-streams").unstarted(this::run);
  private long looked = System.nanoTime();
  private volatile boolean stopped;

  /**
   * @param silence after how long without an event a sign of life is sent
   * @param patience how long a reader may take nothing of what it is sent
   * @param whenEnded is told of every stream, once
   */
  LiveStreams(Duration silence, Duration patience, KeyBook keys, Consumer<EventStream> whenEnded) {
    this.silence = silence;
    this.patience = patience;
    this.keys = keys;
    this.whenEnded = whenEnded;
  }

  /** Sends the stream what it is offered, until it ends. */
  void add(LiveStream stream) {
    synchronized (streams) {
      streams.add(stream);
    }
    wake();
    if (stopped) {
      end(stream);
    }
  }

  /** There may be something to send. Cheap, and never blocks. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  void start() {
    thread.start();
  }

  /** Ends all streams. */
  void stop() {
    stopped = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    all().forEach(this::end);
  }

  private void run() {
    try {
      while (!stopped) {
        awaitWork();
        long start = System.nanoTime();
        pushAll();
        // Others need the processor, too; and what gathers meanwhile costs less together.
        TimeUnit.NANOSECONDS.sleep(System.nanoTime() - start);
      }
    } catch (InterruptedException impatient) {
      stopped = true;
    }
  }

  private void awaitWork() throws InterruptedException {
    if (all().isEmpty()) {
      wake.acquire();
    } else {
      var _ = wake.tryAcquire(ROUND, TimeUnit.NANOSECONDS);
    }
    wake.drainPermits();
  }

  private void pushAll() {
    boolean look = System.nanoTime() - looked >= LOOK.toNanos();
    for (LiveStream stream : all()) {
      if (!goesOn(stream, look)) {
        end(stream);
      }
    }
    looked = look ? System.nanoTime() : looked;
  }

  private boolean goesOn(LiveStream stream, boolean look) {
    try {
      boolean valid = !look || keys.isStillValid(stream.stream().filter().caller());
      return valid && stream.push(System.nanoTime(), silence, patience);
    } catch (RuntimeException failure) {
      LOG.error("stream.failed: it is ended, its reader will come back; all others go on", failure);
      return false;
    }
  }

  private void end(LiveStream stream) {
    boolean ended;
    synchronized (streams) {
      ended = streams.remove(stream);
    }
    if (ended) {
      stream.end();
      whenEnded.accept(stream.stream());
    }
  }

  private List<LiveStream> all() {
    synchronized (streams) {
      return List.copyOf(streams);
    }
  }
}

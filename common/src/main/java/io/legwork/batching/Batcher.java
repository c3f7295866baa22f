package io.legwork.batching;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns many small writes into few large ones. Each lane takes what is there, at least one item and
 * at most the batch size, writes it with one call, and wakes the callers. Nobody waits for a timer:
 * the first item of an idle batcher is written at once, and batches grow by themselves while a
 * write is under way.
 *
 * <p>A batch that fails because of one of its rows is cut in two until the bad row stands alone and
 * fails alone. Thread-safe.
 *
 * @param <I> what is written
 * @param <O> what is answered for each item
 */
public final class Batcher<I, O> implements AutoCloseable {

  private static final long IDLE_CHECK_MILLIS = 100;

  /** The label that tells batchers apart. */
  private static final String NAME = "batch";

  private final LinkedBlockingQueue<Chunk<I, O>> chunks = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final BatcherSettings settings;
  private final BatchWriter<I, O> writer;
  private final Predicate<RuntimeException> blamesOneRow;
  private final List<Thread> lanes = new ArrayList<>();
  private final DistributionSummary sizes;
  private final Timer durations;
  private volatile boolean closed;

  /**
   * Starts the lanes.
   *
   * @param writer writes a batch; called by several lanes at the same time
   * @param blamesOneRow whether a failure of the writer is one row's fault, so that the others may
   *     succeed without it
   */
  public Batcher(
      BatcherSettings settings,
      BatchWriter<I, O> writer,
      Predicate<RuntimeException> blamesOneRow,
      MeterRegistry meters) {
    this.settings = settings;
    this.writer = writer;
    this.blamesOneRow = blamesOneRow;
    this.sizes =
        DistributionSummary.builder("legwork.batch.size")
            .description("Rows that were written with one commit")
            .tag(NAME, settings.name())
            .register(meters);
    this.durations =
        Timer.builder("legwork.batch.duration")
            .description("How long writing a batch took, its commit included")
            .tag(NAME, settings.name())
            .register(meters);
    Gauge.builder("legwork.batch.waiting", waiting, AtomicInteger::get)
        .description("Rows that wait for the next batch")
        .tag(NAME, settings.name())
        .register(meters);
    for (int lane = 1; lane <= settings.lanes(); lane++) {
      lanes.add(settings.kind().start(settings.name() + "-" + lane, this::run));
    }
  }

  /**
   * Hands in one item.
   *
   * @return completed once the item's batch is written
   * @throws BatcherFullException if the queue is full or the batcher closed
   */
  public CompletableFuture<O> submit(I item) {
    return submitAll(List.of(item)).getFirst();
  }

  /**
   * Hands in items that are written by the same call, whatever the batch size.
   *
   * @return one future for each item, in order
   * @throws BatcherFullException if the queue has no room for all of them or the batcher is closed
   */
  public List<CompletableFuture<O>> submitAll(List<I> items) {
    if (closed) {
      throw new BatcherFullException(settings.name() + " is shutting down");
    }
    if (waiting.addAndGet(items.size()) > settings.capacity()) {
      waiting.addAndGet(-items.size());
      throw new BatcherFullException(
          "%s has no room: %d items are waiting".formatted(settings.name(), waiting.get()));
    }
    Chunk<I, O> chunk = Chunk.of(items);
    chunks.add(chunk);
    return chunk.answers();
  }

  /** How many items are waiting to be written. */
  public int waiting() {
    return waiting.get();
  }

  /** How many calls of the writer have ended, well or badly. */
  public long writes() {
    return durations.count();
  }

  private void run() {
    while (!closed || !chunks.isEmpty()) {
      List<Chunk<I, O>> batch = take();
      if (!batch.isEmpty()) {
        write(Chunk.join(batch));
      }
    }
  }

  private List<Chunk<I, O>> take() {
    Chunk<I, O> chunk = poll();
    if (chunk == null) {
      return List.of();
    }
    settings.kind().giveWay();
    List<Chunk<I, O>> batch = new ArrayList<>();
    int size = 0;
    while (chunk != null) {
      batch.add(chunk);
      size += chunk.items().size();
      chunk = size < settings.batchSize() ? chunks.poll() : null;
    }
    waiting.addAndGet(-size);
    return batch;
  }

  private @Nullable Chunk<I, O> poll() {
    try {
      return chunks.poll(IDLE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      closed = true;
      return null;
    }
  }

  private void write(Chunk<I, O> batch) {
    long start = System.nanoTime();
    try {
      batch.complete(writer.write(batch.items()));
    } catch (RuntimeException failure) {
      if (batch.items().size() > 1 && blamesOneRow.test(failure)) {
        batch.halves().forEach(this::write);
      } else {
        batch.fail(failure);
      }
    }
    sizes.record(batch.items().size());
    durations.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  /** Refuses new items, writes those that are waiting, and ends the lanes. */
  @Override
  public void close() {
    closed = true;
    for (Thread lane : lanes) {
      join(lane);
    }
  }

  private static void join(Thread lane) {
    try {
      lane.join(Duration.ofSeconds(30));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.legwork.notifier.intake;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Delivery;
import io.legwork.ledger.LedgerException;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import io.legwork.messaging.TopologyMismatchException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Consumes the queue of events for as long as the service runs: whatever ends a session, a new one
 * is opened. One thread takes what has gathered, has it handled and acknowledges it (guarantee G6).
 */
final class EventConsumer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 10;

  private final BrokerConnections connections;
  private final Topology topology;
  private final EventBatches batches;
  private final int prefetch;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("event-consumer").unstarted(this::run);
  private volatile @Nullable EventSession session;
  private volatile @Nullable String problem = "not started";
  private int failures;

  /**
   * @param prefetch how many messages are handled together at most
   */
  EventConsumer(
      BrokerConnections connections, Topology topology, EventBatches batches, int prefetch) {
    this.connections = connections;
    this.topology = topology;
    this.batches = batches;
    this.prefetch = prefetch;
  }

  /** What keeps it from consuming, or null if it does. */
  @Nullable String problem() {
    EventSession current = session;
    return current == null ? problem : current.ended();
  }

  private void run() {
    try {
      while (!isStopping()) {
        consume();
      }
    } catch (InterruptedException impatient) {
      LOG.atDebug().log("events.interrupted");
    }
  }

  private void consume() throws InterruptedException {
    try (EventSession opened = EventSession.open(connections, topology, prefetch)) {
      session = opened;
      failures = 0;
      problem = null;
      LOG.atInfo().addKeyValue("queue", Topology.QUEUE_NOTIFY).log("events.consuming");
      Unsettled unsettled = new Unsettled(prefetch / 2, System::nanoTime);
      while (!isStopping() && opened.ended() == null) {
        opened.check();
        List<Delivery> batch = opened.take(prefetch, IDLE);
        if (!batch.isEmpty()) {
          var _ = isDone(opened, batch.size(), () -> unsettled.add(batch, batches.handle(batch)));
        }
        if (unsettled.isDue()
            && isDone(opened, unsettled.size(), () -> batches.check(unsettled.events()))) {
          opened.acknowledgeThrough(unsettled.latest());
          unsettled.clear();
          failures = 0;
        }
      }
      failed(opened.ended());
    } catch (IOException
        | TimeoutException
        | AlreadyClosedException
        | TopologyMismatchException lost) {
      failed(lost.getMessage());
    } finally {
      session = null;
    }
    pause();
  }

  /** Tries until it succeeds or the session is over. */
  private boolean isDone(EventSession from, int events, Runnable work) throws InterruptedException {
    while (!isStopping() && from.ended() == null) {
      try {
        work.run();
        return true;
      } catch (LedgerException | CompletionException later) {
        LOG.atWarn()
            .addKeyValue("events", events)
            .addKeyValue("reason", later.getMessage())
            .log("events.delayed");
        failures++;
        pause();
      }
    }
    return false;
  }

  private void failed(@Nullable String reason) {
    if (isStopping()) {
      problem = "stopping";
      return;
    }
    failures++;
    String text = reason == null ? "the connection was lost" : reason;
    if (!text.equals(problem)) {
      LOG.atWarn().addKeyValue("reason", text).log("events.interrupted");
    }
    problem = text;
  }

  private void pause() throws InterruptedException {
    long bound =
        Math.min(
            FIRST_PAUSE.toMillis() << Math.min(failures, MOST_DOUBLINGS), LONGEST_PAUSE.toMillis());
    long millis = bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
    var _ = stopped.await(millis, TimeUnit.MILLISECONDS);
  }

  private boolean isStopping() {
    return stopped.getCount() == 0;
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Returns when no batch is being handled any more. */
  @Override
  public void stop() {
    stopped.countDown();
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** After what it hands events to has started, and stopped before that is. */
  private static final int PHASE = 1_000;
}

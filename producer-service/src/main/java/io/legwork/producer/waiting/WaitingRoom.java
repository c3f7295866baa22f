package io.legwork.producer.waiting;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskView;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Where requests wait for the end of a task. One thread asks for all of them: often while somebody
 * has just come, more and more seldom as they wait longer, and not at all while nobody waits. When
 * the service stops, everybody is sent away before the open requests are waited for (guarantee
 * G11). Thread-safe.
 */
public final class WaitingRoom implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  /** The pause grows to this part of the time that the latest arrival has waited. */
  private static final int PATIENCE = 8;

  /** A pause is at least so many times as long as the look before it took. */
  private static final int IDLENESS = 3;

  private final FinishedTasks ledger;
  private final Semaphore seats;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final Semaphore arrivals = new Semaphore(0);
  private volatile @Nullable Thread watch;
  private volatile long latestArrival = System.nanoTime();

  /** Somebody who waits; everybody is somebody else. */
  private static final class Waiter {
    private final String tenant;
    private final TaskId task;
    private final CompletableFuture<Optional<TaskView>> over = new CompletableFuture<>();

    private Waiter(String tenant, TaskId task) {
      this.tenant = tenant;
      this.task = task;
    }

    private String tenant() {
      return tenant;
    }

    private TaskId task() {
      return task;
    }
  }

  /**
   * @param capacity how many may wait at the same time
   */
  WaitingRoom(FinishedTasks ledger, int capacity) {
    this.ledger = ledger;
    this.seats = new Semaphore(capacity);
  }

  /** Opens the room. */
  @Override
  public void start() {
    watch = Thread.ofVirtual().name("waiting-room").start(this::watch);
  }

  /**
   * Waits for the end of a task.
   *
   * @return the task that is over, or empty if it is not; at once if the room is full or closed
   */
  public Optional<TaskView> awaitEnd(String tenant, TaskId task, Duration atMost) {
    if (!isRunning() || !seats.tryAcquire()) {
      return Optional.empty();
    }
    Waiter waiter = new Waiter(tenant, task);
    try {
      waiters.add(waiter);
      latestArrival = System.nanoTime();
      arrivals.release();
      return waiter.over.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException patienceIsOver) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a waiter is never failed", impossible);
    } finally {
      waiters.remove(waiter);
      seats.release();
    }
  }

  /** How many are waiting. */
  public int size() {
    return waiters.size();
  }

  private void watch() {
    try {
      while (true) {
        if (waiters.isEmpty()) {
          arrivals.acquire();
        }
        arrivals.drainPermits();
        Thread.sleep(look());
      }
    } catch (InterruptedException closed) {
      waiters.forEach(waiter -> waiter.over.complete(Optional.empty()));
    }
  }

  /** Asks once, and says how long to pause. */
  private Duration look() {
    long start = System.nanoTime();
    try {
      waiters.stream().collect(groupingBy(Waiter::tenant)).forEach(this::wake);
      long now = System.nanoTime();
      return pause(Duration.ofNanos(now - latestArrival), Duration.ofNanos(now - start));
    } catch (LedgerException unreachable) {
      LOG.debug("Those who wait are told nothing for now", unreachable);
      return PAUSE_AFTER_FAILURE;
    }
  }

  /** One question for all, so that many who wait need no more connections than one. */
  private void wake(String tenant, List<Waiter> waiting) {
    Set<TaskId> tasks = waiting.stream().map(Waiter::task).collect(toSet());
    Map<TaskId, TaskView> over =
        ledger.among(tenant, tasks).stream().collect(toMap(TaskView::id, view -> view));
    for (Waiter waiter : waiting) {
      TaskView view = over.get(waiter.task());
      if (view != null) {
        waiter.over.complete(Optional.of(view));
      }
    }
  }

  static Duration pause(Duration sinceLatestArrival, Duration look) {
    Duration wanted = sinceLatestArrival.dividedBy(PATIENCE);
    Duration bounded = shorter(longer(wanted, SHORTEST_PAUSE), LONGEST_PAUSE);
    return longer(bounded, look.multipliedBy(IDLENESS));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Sends everybody away. */
  @Override
  public void stop() {
    Thread watching = watch;
    watch = null;
    if (watching != null) {
      watching.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return watch != null;
  }
}

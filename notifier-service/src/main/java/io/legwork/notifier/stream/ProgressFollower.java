package io.legwork.notifier.stream;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView.Progress;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the progress of the tasks that somebody follows, once for all of them, at regular times
 * while there are any. Of several steps between two looks the latest is shown. Thread-safe.
 */
final class ProgressFollower {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressFollower.class);

  private final Map<EventStream, Followed> streams = new HashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private final TaskQueries tasks;
  private final Duration interval;
  private final Thread thread = Thread.ofPlatform().name("progress").unstarted(this::run);
  private boolean failing;
  private volatile boolean stopped;

  /**
   * @param interval how often to look
   */
  ProgressFollower(TaskQueries tasks, Duration interval) {
    this.tasks = tasks;
    this.interval = interval;
  }

  /**
   * What a stream has been shown.
   *
   * @param latest when the latest progress was told, {@link Instant#MIN} if none was
   */
  private record Followed(TaskId task, Instant latest) {}

  /** Shows the stream the progress of a task, from the next look on. */
  synchronized void join(TaskId task, EventStream stream) {
    streams.put(stream, new Followed(task, Instant.MIN));
    wake.release();
  }

  synchronized void leave(EventStream stream) {
    streams.remove(stream);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped = true;
    wake.release();
  }

  private void run() {
    try {
      while (!stopped) {
        if (followed().isEmpty()) {
          wake.acquire();
        } else {
          look();
          TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        }
        wake.drainPermits();
      }
    } catch (InterruptedException impatient) {
      stopped = true;
    }
  }

  private synchronized Set<TaskId> followed() {
    Set<TaskId> followed = new HashSet<>();
    streams.values().forEach(it -> followed.add(it.task()));
    return followed;
  }

  private void look() {
    try {
      show(tasks.progress(followed()));
      failing = false;
    } catch (LedgerException unreachable) {
      if (!failing) {
        LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("progress.delayed");
      }
      failing = true;
    }
  }

  private synchronized void show(Map<TaskId, Progress> found) {
    streams.replaceAll((stream, followed) -> {
      Progress progress = found.get(followed.task());
      if (progress == null || !progress.at().isAfter(followed.latest())) {
        return followed;
      }
      List<Frame> frames = List.of(Frame.of(followed.task(), progress));
      var _ = stream.offer(Portion.of(frames, stream.filter()));
      return new Followed(followed.task(), progress.at());
    });
  }
}

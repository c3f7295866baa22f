package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import io.legwork.authentication.KeyBook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskQueries;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves streams, each on the virtual thread of its request: first what the reader has missed, from
 * the ledger, then what happens, without gap or repetition. Thread-safe.
 */
final class EventStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final int PAGE = 500;

  /** How often it is looked whether a reader's key is still valid: well within the promise. */
  private static final Duration LOOK = KeyBook.PROMISE.dividedBy(2);

  /** Readers that catch up at the same time; the rest of the service needs connections, too. */
  private static final int REPLAYS = 4;

  private final EventFollower follower;
  private final ProgressFollower progress;
  private final EventLog log;
  private final TaskQueries tasks;
  private final StreamsProperties properties;
  private final KeyBook keys;
  private final Semaphore replays = new Semaphore(REPLAYS, true);
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> openByTenant = new ConcurrentHashMap<>();
  private final Counter cut;
  private volatile boolean stopped;

  EventStreams(
      EventFollower follower,
      ProgressFollower progress,
      EventLog log,
      TaskQueries tasks,
      StreamsProperties properties,
      KeyBook keys,
      MeterRegistry meters) {
    this.follower = follower;
    this.progress = progress;
    this.log = log;
    this.tasks = tasks;
    this.properties = properties;
    this.keys = keys;
    this.cut =
        Counter.builder("legwork.sse.streams.cut")
            .description("Event streams that were ended because their reader did not read")
            .register(meters);
    Gauge.builder("legwork.sse.streams", open, AtomicInteger::get)
        .description("Open event streams")
        .register(meters);
  }

  /** Refuses new streams and ends those that are open. */
  void stop() {
    stopped = true;
    progress.stop();
    follower.stop();
  }

  /**
   * Serves a stream until its reader leaves, is too slow or has no valid key any more, its task is
   * over, or the service stops.
   *
   * @throws ProblemException if there is nothing to serve; the response is untouched then
   */
  void serve(StreamRequest wanted, HttpServletResponse response) throws InterruptedException {
    EventStream stream = new EventStream(wanted.filter(), properties.buffer());
    String tenant = wanted.filter().caller().tenant();
    enter(tenant);
    try {
      TaskId task = wanted.filter().task();
      if (task == null) {
        serveAll(wanted, stream, response);
      } else {
        serveTask(task, wanted, stream, response);
      }
    } catch (IOException gone) {
      LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("stream.left");
    } finally {
      follower.leave(stream);
      progress.leave(stream);
      leave(tenant);
      if (stream.isOverrun()) {
        cut.increment();
      }
    }
  }

  private void enter(String tenant) {
    boolean room = open.incrementAndGet() <= properties.limit() && !stopped;
    boolean fair = openByTenant.merge(tenant, 1, Integer::sum) <= properties.tenantLimit();
    if (room && fair) {
      return;
    }
    leave(tenant);
    throw room
        ? new ProblemException(
            Problem.ofPolicy(
                "tenant-streams", "the tenant has %d streams".formatted(properties.tenantLimit())))
        : new ProblemException(ProblemType.OVERLOADED, "no more streams can be opened");
  }

  private void leave(String tenant) {
    open.decrementAndGet();
    openByTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }

  private void serveAll(StreamRequest wanted, EventStream stream, HttpServletResponse response)
      throws IOException, InterruptedException {
    if (wanted.seen().isEmpty()) {
      StreamWriter writer = new StreamWriter(response, wanted.filter(), follower.join(stream));
      writer.open();
      serveLive(stream, writer);
      return;
    }
    long asked = wanted.seen().getAsLong();
    long place = log.range().nearest(asked);
    StreamWriter writer = new StreamWriter(response, wanted.filter(), place);
    writer.open();
    if (place != asked) {
      writer.write(List.of(Frame.reset(asked, place)));
    }
    try {
      replay(stream, writer, Long.MAX_VALUE);
      replay(stream, writer, follower.join(stream));
    } catch (LedgerException unreachable) {
      LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("stream.interrupted");
      return;
    }
    serveLive(stream, writer);
  }

  /** Writes what is in the ledger, up to a sequence, for as long as the reader may see it. */
  private void replay(EventStream stream, StreamWriter writer, long through)
      throws IOException, InterruptedException {
    int read = PAGE;
    while (read == PAGE && writer.latest() < through && !stopped && isAllowed(stream)) {
      List<TaskEvent> page = page(writer.latest());
      writer.write(
          page.stream().filter(event -> event.sequence() <= through).map(Frame::of).toList());
      read = page.size();
    }
  }

  private List<TaskEvent> page(long after) throws InterruptedException {
    replays.acquire();
    try {
      return log.after(after, PAGE);
    } finally {
      replays.release();
    }
  }

  /** The history of a task is short: it is told from its beginning to a reader who knows none. */
  private void serveTask(
      TaskId task, StreamRequest wanted, EventStream stream, HttpServletResponse response)
      throws IOException, InterruptedException {
    EventFilter filter = wanted.filter();
    follower.join(stream);
    List<TaskEvent> history = history(filter.caller(), task);
    long seen = wanted.seen().orElse(0);
    boolean over = !history.isEmpty() && filter.endsWith(history.getLast());
    if (over && history.stream().noneMatch(it -> it.sequence() > seen && filter.shows(it))) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    StreamWriter writer = new StreamWriter(response, filter, seen);
    writer.open();
    writer.write(history.stream().map(Frame::of).toList());
    if (!over) {
      if (wanted.progress()) {
        progress.join(task, stream);
      }
      serveLive(stream, writer);
    }
  }

  private List<TaskEvent> history(Caller caller, TaskId task) throws InterruptedException {
    replays.acquire();
    try {
      boolean known =
          tasks
              .find(caller.tenant(), task)
              .filter(found -> caller.scope().covers(found.type(), found.queue()))
              .isPresent();
      if (!known) {
        throw new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id");
      }
      return log.ofTask(caller.tenant(), task);
    } finally {
      replays.release();
    }
  }

  private boolean isAllowed(EventStream stream) {
    return keys.isStillValid(stream.filter().caller());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void serveLive(EventStream stream, StreamWriter writer)
      throws IOException, InterruptedException {
    long spoke = System.nanoTime();
    while (!stream.isClosed()) {
      List<Frame> frames = stream.take(shorter(properties.ping(), LOOK));
      if (stream.isClosed() || !isAllowed(stream)) {
        return;
      }
      boolean silent = System.nanoTime() - spoke >= properties.ping().toNanos();
      if (frames.isEmpty() && silent) {
        writer.ping();
      } else if (!frames.isEmpty() && writer.write(frames)) {
        return;
      }
      if (silent || !frames.isEmpty()) {
        spoke = System.nanoTime();
      }
    }
  }
}

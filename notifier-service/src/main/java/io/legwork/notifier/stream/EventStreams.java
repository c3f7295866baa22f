package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import io.legwork.authentication.KeyBook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskQueries;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import io.legwork.web.TakenOverConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves streams: on the virtual thread of the request what the reader has missed, from the ledger,
 * and then what happens, without gap or repetition and without that thread. Connections that Tomcat
 * encrypts keep it. Thread-safe.
 */
final class EventStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final int PAGE = 500;

  /** Readers that catch up at the same time; the rest of the service needs connections, too. */
  private static final int REPLAYS = 4;

  private final EventFollower follower;
  private final ProgressFollower progress;
  private final EventLog log;
  private final TaskQueries tasks;
  private final StreamsProperties properties;
  private final KeyBook keys;
  private final LiveStreams live;
  private final Semaphore replays = new Semaphore(REPLAYS, true);
  private final StreamRoom room;
  private final Counter cut;
  private volatile boolean stopped;

  /**
   * @param patience how long a reader may read nothing of what it is sent
   */
  EventStreams(
      EventFollower follower,
      ProgressFollower progress,
      EventLog log,
      TaskQueries tasks,
      StreamsProperties properties,
      Duration patience,
      KeyBook keys,
      MeterRegistry meters) {
    this.follower = follower;
    this.progress = progress;
    this.log = log;
    this.tasks = tasks;
    this.properties = properties;
    this.keys = keys;
    this.live = new LiveStreams(properties.ping(), patience, keys, this::ended);
    this.room = new StreamRoom(properties.limit(), properties.tenantLimit());
    this.cut =
        Counter.builder("legwork.sse.streams.cut")
            .description("Event streams that were ended because their reader did not read")
            .register(meters);
    Gauge.builder("legwork.sse.streams", room, StreamRoom::open)
        .description("Open event streams")
        .register(meters);
  }

  void start() {
    live.start();
  }

  /** Refuses new streams and ends those that are open. */
  void stop() {
    stopped = true;
    room.close();
    progress.stop();
    follower.stop();
    live.stop();
  }

  /** What somebody asked for, and the connection to serve it on. */
  private record Reader(
      StreamRequest wanted, HttpServletRequest request, HttpServletResponse response) {

    EventFilter filter() {
      return wanted.filter();
    }

    /** Opens the stream for one who has been told everything up to a place. */
    StreamWriter open(long place) throws IOException {
      StreamWriter writer = new StreamWriter(response, place);
      writer.open(TakenOverConnection.isPossible(request));
      return writer;
    }
  }

  /**
   * Serves a stream until its reader leaves, is too slow or has no valid key any more, its task is
   * over, or the service stops. Returns before that where the connection can do without a thread.
   *
   * @throws ProblemException if there is nothing to serve; the response is untouched then
   */
  void serve(StreamRequest wanted, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    EventStream stream = new EventStream(wanted.filter(), properties.buffer(), live::wake);
    room.enter(stream.filter().caller().tenant());
    boolean goesOn = false;
    try {
      Reader reader = new Reader(wanted, request, response);
      TaskId task = wanted.filter().task();
      goesOn = task == null ? serveAll(reader, stream) : serveTask(task, reader, stream);
    } catch (IOException gone) {
      LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("stream.left");
    } finally {
      if (!goesOn) {
        ended(stream);
      }
    }
  }

  private void ended(EventStream stream) {
    follower.leave(stream);
    progress.leave(stream);
    room.leave(stream.filter().caller().tenant());
    if (stream.isOverrun()) {
      cut.increment();
    }
  }

  private boolean serveAll(Reader reader, EventStream stream)
      throws IOException, InterruptedException {
    OptionalLong seen = reader.wanted().seen();
    if (seen.isEmpty()) {
      return goLive(reader, stream, reader.open(follower.join(stream)));
    }
    long asked = seen.getAsLong();
    long place = log.range().nearest(asked);
    StreamWriter writer = reader.open(place);
    if (place != asked) {
      writer.write(Portion.of(List.of(Frame.reset(asked, place)), reader.filter()));
    }
    try {
      replay(stream, writer, Long.MAX_VALUE);
      replay(stream, writer, follower.join(stream));
    } catch (LedgerException unreachable) {
      LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("stream.interrupted");
      return false;
    }
    return goLive(reader, stream, writer);
  }

  /** Writes what is in the ledger, up to a sequence, for as long as the reader may see it. */
  private void replay(EventStream stream, StreamWriter writer, long through)
      throws IOException, InterruptedException {
    int read = PAGE;
    while (read == PAGE
        && writer.place().latest() < through
        && !stopped
        && keys.isStillValid(stream.filter().caller())) {
      List<TaskEvent> page = page(writer.place().latest());
      List<Frame> frames =
          page.stream().filter(event -> event.sequence() <= through).map(Frame::of).toList();
      writer.write(Portion.of(frames, stream.filter()));
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
  private boolean serveTask(TaskId task, Reader reader, EventStream stream)
      throws IOException, InterruptedException {
    EventFilter filter = reader.filter();
    follower.join(stream);
    List<TaskEvent> history = history(filter.caller(), task);
    long seen = reader.wanted().seen().orElse(0);
    boolean over = !history.isEmpty() && filter.endsWith(history.getLast());
    if (over && history.stream().noneMatch(it -> it.sequence() > seen && filter.shows(it))) {
      reader.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
      return false;
    }
    StreamWriter writer = reader.open(seen);
    writer.write(Portion.of(history.stream().map(Frame::of).toList(), filter));
    if (over) {
      return false;
    }
    if (reader.wanted().progress()) {
      progress.join(task, stream);
    }
    return goLive(reader, stream, writer);
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

  /** Returns whether the stream goes on without this thread. */
  private boolean goLive(Reader reader, EventStream stream, StreamWriter writer)
      throws IOException, InterruptedException {
    if (!TakenOverConnection.isPossible(reader.request())) {
      serveLive(stream, writer);
      return false;
    }
    try {
      LiveConnection connection = reader.request().upgrade(LiveConnection.class);
      live.add(new LiveStream(stream, connection, writer.place(), System.nanoTime()));
      return true;
    } catch (ServletException impossible) {
      throw new IllegalStateException("the connection cannot be taken over", impossible);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void serveLive(EventStream stream, StreamWriter writer)
      throws IOException, InterruptedException {
    long spoke = System.nanoTime();
    while (!stream.isClosed()) {
      List<Portion> portions = stream.take(shorter(properties.ping(), LiveStreams.LOOK));
      if (stream.isClosed() || !keys.isStillValid(stream.filter().caller())) {
        return;
      }
      boolean silent = System.nanoTime() - spoke >= properties.ping().toNanos();
      if (portions.isEmpty() && silent) {
        writer.ping();
      } else if (!portions.isEmpty() && writer.write(portions)) {
        return;
      }
      if (silent || !portions.isEmpty()) {
        spoke = System.nanoTime();
      }
    }
  }
}

package io.legwork.bench.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One of the connections of a client, and what was answered over it. Used by one thread. */
final class Sender implements Runnable {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int UNAVAILABLE = 503;
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int DIGITS = 3;

  private final LoadSpec spec;
  private final Pace pace;
  private final int port;
  private byte[] request;
  private @Nullable HttpConnection connection;

  final Ids ids = new Ids();
  final Histogram latency = new Histogram(DIGITS);
  long sent;
  long accepted;
  long refused;
  long refusedWithoutAdvice;
  long late;
  long unknown;
  String firstProblem = "";

  Sender(LoadSpec spec, Pace pace, int port) {
    this.spec = spec;
    this.pace = pace;
    this.port = port;
    this.request = Bodies.request(spec, port);
  }

  @Override
  public void run() {
    if (spec.kind() == LoadKind.READ) {
      submitWhatIsRead();
    }
    long intended = pace.next(System.nanoTime());
    while (intended != Pace.OVER) {
      await(intended);
      send(intended);
      intended = pace.next(System.nanoTime());
    }
    disconnect();
  }

  private void submitWhatIsRead() {
    try {
      var answer = connected().exchange(request);
      if (ids.addAll(answer.bytes(), answer.from(), answer.to()) == 1) {
        request = Bodies.read(ids.last(), port);
      } else {
        unknown(answer.status() + " " + answer.body());
      }
    } catch (IOException e) {
      unknown(e.toString());
      disconnect();
    }
  }

  private static void await(long time) {
    long ahead = time - System.nanoTime();
    while (ahead > 0) {
      LockSupport.parkNanos(ahead);
      ahead = time - System.nanoTime();
    }
  }

  private void send(long intended) {
    sent += spec.tasksPerRequest();
    try {
      var answer = connected().exchange(request);
      latency.recordValue(System.nanoTime() - intended);
      took(answer);
    } catch (IOException e) {
      unknown(e.toString());
      disconnect();
      LockSupport.parkNanos(RECONNECT_NANOS);
    }
  }

  private void took(HttpConnection.Answer answer) {
    switch (answer.status()) {
      case OK, ACCEPTED -> found(answer);
      case UNAVAILABLE -> refuse(answer);
      default -> unknown(answer.status() + " " + answer.body());
    }
  }

  private void found(HttpConnection.Answer answer) {
    if (!spec.kind().isSubmitting()) {
      accepted++;
      return;
    }
    int found = ids.addAll(answer.bytes(), answer.from(), answer.to());
    accepted += found;
    if (spec.kind() == LoadKind.WAIT && answer.status() == ACCEPTED) {
      late++;
    }
    if (found < spec.tasksPerRequest()) {
      refuseSome(answer, spec.tasksPerRequest() - found);
    }
  }

  /** A batch of which only a part was taken. */
  private void refuseSome(HttpConnection.Answer answer, int missing) {
    refused += missing;
    note("a part of a batch was refused: " + answer.body());
  }

  private void refuse(HttpConnection.Answer answer) {
    refused += spec.tasksPerRequest();
    if (answer.retryAfter() < 0) {
      refusedWithoutAdvice += spec.tasksPerRequest();
    } else if (spec.patient()) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(answer.retryAfter()));
    }
  }

  private void unknown(String problem) {
    unknown += spec.tasksPerRequest();
    note(problem);
  }

  private void note(String problem) {
    if (firstProblem.isEmpty()) {
      firstProblem = problem.substring(0, Math.min(300, problem.length()));
    }
  }

  private HttpConnection connected() throws IOException {
    var current = connection;
    if (current == null) {
      current = new HttpConnection(port);
      connection = current;
    }
    return current;
  }

  private void disconnect() {
    var current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        note(e.toString());
      }
    }
  }
}

package io.legwork.chaos.load;

import io.legwork.chaos.history.Cancellation;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.history.Read;
import io.legwork.chaos.history.States;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Looks at tasks, and cancels some. Thread-safe. */
final class Reader {

  private static final int NOT_FOUND = 404;

  private final Api api;
  private final History history;

  Reader(Api api, History history) {
    this.api = api;
    this.history = history;
  }

  /** Looks at a task that was accepted. */
  void read(String task) {
    read(task, "");
  }

  /**
   * Looks at a task that was accepted. An outage shows nothing.
   *
   * @param announced the state it is said to be in, or the empty string
   */
  void read(String task, String announced) {
    long from = Micros.now();
    try {
      var reply = api.get("/v1/tasks/" + task);
      if (reply.status() == 200 || reply.status() == NOT_FOUND) {
        var state = reply.text("state");
        history.add(
            new Read(
                from,
                Micros.now(),
                task,
                reply.status(),
                state,
                reply.body().path("attempts").asInt(0),
                States.TERMINAL.contains(state)
                    ? Digest.ofBytes(reply.body().toString().getBytes(StandardCharsets.UTF_8))
                    : "",
                announced));
      }
    } catch (IOException nothingSeen) {
      // Nobody was told anything, so there is nothing to hold anybody to.
      return;
    }
  }

  /** Asks for a task to be cancelled. */
  void cancel(String task) {
    long from = Micros.now();
    try {
      var reply = api.post("/v1/tasks/" + task + "/cancel", "");
      history.add(new Cancellation(from, Micros.now(), task, reply.status(), reply.text("state")));
    } catch (IOException unanswered) {
      history.add(new Cancellation(from, Micros.now(), task, 0, ""));
    }
  }
}

package io.legwork.chaos.load;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.history.States;
import io.legwork.chaos.history.TaskHistory;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Asks the API for everything there is, once the system is at rest. What is not answered is asked
 * for again, because a slow answer says nothing about what happened.
 */
public final class Survey {

  private static final int PAGE = 200;
  private static final int AT_ONCE = 8;
  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Api api;
  private final History history;

  /** A survey whose findings go into the history. */
  public Survey(Api api, History history) {
    this.api = api;
    this.history = history;
  }

  /** How many tasks are not over, by state: 0, or 1 for one or more. */
  public Map<String, Integer> open() throws IOException {
    var open = new HashMap<String, Integer>();
    for (String state : States.OPEN) {
      open.put(state, answer("/v1/tasks?limit=1&state=" + state).path("items").size());
    }
    return open;
  }

  /** Lists all tasks, page by page. */
  public List<FinalTask> list() throws IOException {
    var tasks = new ArrayList<FinalTask>();
    String cursor = "";
    do {
      var page = answer("/v1/tasks?limit=" + PAGE + cursor);
      page.path("items").valueStream().map(Survey::task).forEach(tasks::add);
      var next = text(page, "nextCursor");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    tasks.forEach(history::add);
    return tasks;
  }

  private static FinalTask task(JsonNode task) {
    var result = task.path("result");
    var error = task.path("error");
    return new FinalTask(
        text(task, "id"),
        text(task.path("metadata"), "token"),
        text(task, "type"),
        text(task, "state"),
        task.path("attempts").asInt(0),
        task.path("maxAttempts").asInt(0),
        micros(task, "submittedAt"),
        micros(task, "finishedAt"),
        text(error, "reason"),
        error.path("permanent").asBoolean(false),
        result.isObject() ? digest(result) : "",
        result.path("attempt").asInt(0),
        text(result, "token"),
        Digest.ofBytes(task.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** As the handler computes it over its result. */
  private static String digest(JsonNode result) {
    return Digest.of(
        text(result, "token"),
        Integer.toString(result.path("attempt").asInt(0)),
        text(result, "payload"),
        text(result, "nonce"));
  }

  /** Asks for the past of tasks: their events, attempts and deliveries. */
  public void pasts(List<String> ids) {
    try (var askers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<TaskHistory>> answers =
          ids.stream().map(id -> askers.submit((Callable<TaskHistory>) () -> past(id))).toList();
      for (Future<TaskHistory> answer : answers) {
        history.add(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the past of a task could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private TaskHistory past(String id) {
    return new TaskHistory(
        id,
        items(
            id,
            "events",
            event ->
                new TaskHistory.Event(
                    text(event, "id"),
                    event.path("sequence").asInt(0),
                    text(event, "type"),
                    micros(event, "at"),
                    event.path("attempt").asInt(0))),
        items(
            id,
            "attempts",
            attempt ->
                new TaskHistory.Attempt(
                    attempt.path("attempt").asInt(0),
                    text(attempt, "state"),
                    micros(attempt, "startedAt"),
                    micros(attempt, "endedAt"),
                    text(attempt, "error"))),
        items(
            id,
            "deliveries",
            delivery ->
                new TaskHistory.Delivery(text(delivery, "event"), text(delivery, "state"))));
  }

  private <T> List<T> items(String id, String kind, Function<JsonNode, T> reading) {
    try {
      var items = answer("/v1/tasks/" + id + "/" + kind).path("items");
      return items.valueStream().map(reading).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode answer(String path) throws IOException {
    var refused = new IOException(path + " was not answered");
    for (int tries = 1; tries <= TRIES; tries++) {
      try {
        var reply = api.get(path);
        if (reply.status() == 200) {
          return reply.body();
        }
        refused.addSuppressed(new IOException("status " + reply.status()));
      } catch (IOException late) {
        refused.addSuppressed(late);
      }
      Await.pause(PAUSE);
    }
    throw refused;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static long micros(JsonNode node, String field) {
    var text = text(node, field);
    return text.isEmpty() ? 0 : Micros.of(Instant.parse(text));
  }
}

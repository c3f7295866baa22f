package io.legwork.chaos.load;

import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Completion.Outcome;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Invocation.Kind;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.history.Order;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends submissions, once per call, and writes down every call and its end. Thread-safe. */
final class Submissions {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The answers of 503 that say that nothing was stored. */
  private static final Set<String> NOTHING_STORED = Set.of("overloaded", "backlog-full");

  private final Api api;
  private final History history;

  Submissions(Api api, History history) {
    this.api = api;
    this.history = history;
  }

  /** Sends one task. */
  Completion send(Kind kind, PlannedTask task, String key, String... headers) {
    return call(
        new Invocation(history.nextCall(), Micros.now(), kind, key, List.of(task.order())),
        () -> api.post("/v1/tasks", task.json().toString(), withKey(key, headers)));
  }

  /** Sends several tasks at once. */
  Completion send(List<PlannedTask> tasks, @Nullable String key) {
    var batch = JSON.createObjectNode();
    batch.putArray("tasks").addAll(tasks.stream().map(PlannedTask::json).toList());
    List<Order> orders = tasks.stream().map(PlannedTask::order).toList();
    return call(
        new Invocation(history.nextCall(), Micros.now(), Kind.BATCH, key, orders),
        () -> api.post("/v1/tasks/batch", batch.toString(), withKey(key)));
  }

  private static String[] withKey(@Nullable String key, String... headers) {
    return key == null
        ? headers
        : Stream.concat(Stream.of("Idempotency-Key", key), Stream.of(headers))
            .toArray(String[]::new);
  }

  /** A request and its answer. */
  private interface Exchange {
    Api.Reply perform() throws IOException;
  }

  private Completion call(Invocation invocation, Exchange exchange) {
    history.add(invocation);
    Completion completion;
    try {
      completion = completion(invocation, exchange.perform());
    } catch (ConnectException | HttpConnectTimeoutException neverSent) {
      completion = unanswered(invocation, Outcome.FAIL, neverSent);
    } catch (IOException unknown) {
      completion = unanswered(invocation, Outcome.INFO, unknown);
    }
    history.add(completion);
    return completion;
  }

  private static Completion completion(Invocation invocation, Api.Reply reply) {
    boolean ok = reply.status() / 100 == 2;
    var code = reply.text("code");
    boolean refused = reply.status() / 100 == 4 || NOTHING_STORED.contains(code);
    return new Completion(
        invocation.call(),
        Micros.now(),
        ok ? Outcome.OK : refused ? Outcome.FAIL : Outcome.INFO,
        reply.status(),
        code,
        reply.replayed(),
        ok ? ids(reply.body()) : List.of());
  }

  private static List<String> ids(JsonNode body) {
    var items = body.path("items");
    return items.isArray()
        ? items.valueStream().map(item -> item.path("id").asString("")).toList()
        : List.of(body.path("id").asString(""));
  }

  private static Completion unanswered(Invocation invocation, Outcome outcome, IOException reason) {
    return new Completion(
        invocation.call(), Micros.now(), outcome, 0, reason.toString(), false, List.of());
  }
}

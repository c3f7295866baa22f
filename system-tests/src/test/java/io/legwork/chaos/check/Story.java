package io.legwork.chaos.check;

import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Completion.Outcome;
import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.Execution.Phase;
import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Invocation.Kind;
import io.legwork.chaos.history.Order;
import io.legwork.chaos.history.Read;
import io.legwork.chaos.history.Receipt;
import io.legwork.chaos.history.StreamEvent;
import io.legwork.chaos.history.TaskHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A short history that a test tells, and changes in one place. Tasks are named after their tokens:
 * the order "a" becomes the task "id-a".
 */
final class Story {

  private final List<Record> records = new ArrayList<>();
  private long now = 1_000_000;
  private long calls;
  private long sequence;

  /** One task of each fate, a refusal, an unknown outcome, a batch; all as it should be. */
  static Story good() {
    var story = new Story();
    story.succeeded("a", 1);
    story.succeeded("retried", 2);
    story.failed("broken");
    story.submit(Kind.SUBMIT, "refused", Outcome.FAIL, 422, "");
    story.submit(Kind.SUBMIT, "unknown", Outcome.INFO, 0, "");
    story.submit(Kind.REPLAY, "a", Outcome.OK, 202, "id-a");
    story.submit(Kind.CONFLICT, "conflict", Outcome.FAIL, 422, "");
    story.batch("b1", "b2");
    story.add(new Ending(story.now, 5_000, Map.of("QUEUED", 0), Map.of("q", 0), List.of()));
    return story;
  }

  void add(Record happened) {
    records.add(happened);
  }

  <T extends Record> void replace(Class<T> kind, Predicate<T> which, UnaryOperator<T> change) {
    boolean found = false;
    for (int i = 0; i < records.size(); i++) {
      if (kind.isInstance(records.get(i)) && which.test(kind.cast(records.get(i)))) {
        records.set(i, change.apply(kind.cast(records.get(i))));
        found = true;
      }
    }
    require(found);
  }

  <T extends Record> void remove(Class<T> kind, Predicate<T> which) {
    require(
        records.removeIf(happened -> kind.isInstance(happened) && which.test(kind.cast(happened))));
  }

  private static void require(boolean found) {
    if (!found) {
      throw new IllegalArgumentException("the story has nothing of that kind");
    }
  }

  Judgement judged(Path folder) {
    try (var history = new History(folder)) {
      records.forEach(history::add);
      return Checker.judge(history);
    }
  }

  long later() {
    now += 1_000;
    return now;
  }

  static Order order(String token) {
    return new Order(token, "chaos.quick", "payload-" + token, 3, 0, true);
  }

  static FinalTask task(String token, String state, int attempts) {
    boolean succeeded = state.equals("SUCCEEDED");
    return new FinalTask(
        "id-" + token,
        token,
        "chaos.quick",
        state,
        attempts,
        3,
        1_000_000,
        1_000_001,
        state.equals("FAILED") ? "it was to fail" : "",
        false,
        succeeded ? "result-" + token + attempts : "",
        succeeded ? attempts : 0,
        succeeded ? token : "",
        "end-" + token);
  }

  void succeeded(String token, int attempts) {
    submit(Kind.SUBMIT, token, Outcome.OK, 202, "id-" + token);
    over(token, "SUCCEEDED", attempts);
  }

  void failed(String token) {
    submit(Kind.SUBMIT, token, Outcome.OK, 202, "id-" + token);
    over(token, "FAILED", 3);
  }

  /** Executes, reads and announces a task that was submitted. */
  void over(String token, String state, int attempts) {
    var id = "id-" + token;
    var events = new ArrayList<TaskHistory.Event>();
    var tries = new ArrayList<TaskHistory.Attempt>();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      boolean last = attempt == attempts;
      boolean success = last && state.equals("SUCCEEDED");
      long started = later();
      execute(Phase.START, token, attempt, "");
      read(id, "RUNNING", attempt, "");
      execute(
          success ? Phase.SUCCESS : Phase.FAILURE,
          token,
          attempt,
          success ? "result-" + token + attempt : "");
      var kind = last ? state : "RETRYING";
      announce(token, kind, attempt);
      events.add(
          new TaskHistory.Event("event-" + token + attempt, attempt, event(kind), now, attempt));
      tries.add(
          new TaskHistory.Attempt(attempt, success ? "SUCCEEDED" : "FAILED", started, now, ""));
    }
    add(new Receipt(later(), "webhook-" + id, true, event(state), id, state, "body-" + id, 204));
    read(id, state, attempts, "end-" + token);
    add(task(token, state, attempts));
    add(new TaskHistory(id, events, tries, List.of()));
  }

  void batch(String... tokens) {
    long call = ++calls;
    var orders = List.of(tokens).stream().map(Story::order).toList();
    var ids = List.of(tokens).stream().map(token -> "id-" + token).toList();
    add(new Invocation(call, later(), Kind.BATCH, null, orders));
    add(new Completion(call, later(), Outcome.OK, 200, "", false, ids));
    List.of(tokens).forEach(token -> over(token, "SUCCEEDED", 1));
  }

  void submit(Kind kind, String token, Outcome outcome, int status, String id) {
    long call = ++calls;
    add(new Invocation(call, later(), kind, "key", List.of(order(token))));
    add(
        new Completion(
            call, later(), outcome, status, "", false, id.isEmpty() ? List.of() : List.of(id)));
  }

  void execute(Phase phase, String token, int attempt, String result) {
    add(
        new Execution(
            phase,
            later(),
            "id-" + token,
            "chaos.quick",
            attempt,
            1,
            token,
            "payload-" + token,
            result));
  }

  void read(String id, String state, int attempts, String digest) {
    add(new Read(later(), later(), id, 200, state, attempts, digest, ""));
  }

  void announce(String token, String state, int attempt) {
    add(
        new StreamEvent(
            later(),
            1,
            ++sequence,
            "event-" + token + attempt,
            event(state),
            "id-" + token,
            attempt,
            attempt));
  }

  static String event(@Nullable String state) {
    return "task." + String.valueOf(state).toLowerCase(Locale.ROOT);
  }
}

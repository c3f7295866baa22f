package io.legwork.chaos.check;

import io.legwork.chaos.history.Cancellation;
import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.FaultNote;
import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Order;
import io.legwork.chaos.history.Read;
import io.legwork.chaos.history.Receipt;
import io.legwork.chaos.history.StreamEvent;
import io.legwork.chaos.history.TaskHistory;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The histories of one run, arranged so that questions about a task are answered at once. */
final class Evidence {

  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final Map<String, FinalTask> tasks;
  private final Map<String, List<FinalTask>> tasksByToken;
  private final Map<String, Runs> runs;
  private final Map<String, List<Read>> reads;
  private final Map<String, List<StreamEvent>> eventsByTask;
  private final Map<String, TaskHistory> pasts;
  private final List<Invocation> invocations;
  private final List<Completion> completions;
  private final List<StreamEvent> events;
  private final List<Receipt> receipts;
  private final List<Cancellation> cancellations;
  private final List<FaultNote> faults;
  private final List<Ending> endings;

  private Evidence(History history) {
    invocations = history.all(Invocation.class);
    completions = history.all(Completion.class);
    gatherFates();
    var listed = history.all(FinalTask.class);
    tasks = listed.stream().collect(Collectors.toMap(FinalTask::id, Function.identity()));
    tasksByToken = listed.stream().collect(Collectors.groupingBy(FinalTask::token));
    runs = gatherRuns(history.all(Execution.class));
    reads = history.all(Read.class).stream().collect(Collectors.groupingBy(Read::task));
    events = history.all(StreamEvent.class);
    eventsByTask = events.stream().collect(Collectors.groupingBy(StreamEvent::task));
    pasts =
        history.all(TaskHistory.class).stream()
            .collect(Collectors.toMap(TaskHistory::task, Function.identity()));
    receipts = history.all(Receipt.class);
    cancellations = history.all(Cancellation.class);
    faults = history.all(FaultNote.class);
    endings = history.all(Ending.class);
  }

  static Evidence of(History history) {
    return new Evidence(history);
  }

  private void gatherFates() {
    Map<Long, Completion> byCall =
        completions.stream().collect(Collectors.toMap(Completion::call, Function.identity()));
    for (Invocation invocation : invocations) {
      var completion = byCall.get(invocation.call());
      List<Order> orders = invocation.orders();
      for (int i = 0; i < orders.size(); i++) {
        var order = orders.get(i);
        var id = completion == null || i >= completion.ids().size() ? "" : completion.ids().get(i);
        fates
            .computeIfAbsent(order.token(), token -> new Fate(order))
            .add(new Fate.Call(invocation, completion, id));
      }
    }
  }

  private static Map<String, Runs> gatherRuns(List<Execution> lines) {
    var byTask =
        lines.stream()
            .sorted(Comparator.comparingLong(Execution::at))
            .collect(Collectors.groupingBy(Execution::task));
    var runs = new HashMap<String, Runs>();
    byTask.forEach((task, ofTask) -> runs.put(task, new Runs(ofTask)));
    return runs;
  }

  List<Invocation> invocations() {
    return invocations;
  }

  /** The answers that accepted something. */
  List<Completion> acceptances() {
    return completions.stream()
        .filter(completion -> completion.outcome() == Completion.Outcome.OK)
        .toList();
  }

  /** What became of each order. */
  Collection<Fate> fates() {
    return fates.values();
  }

  boolean wasOrdered(String token) {
    return fates.containsKey(token);
  }

  /** The order with a token that {@link #wasOrdered}. */
  Order order(String token) {
    var fate = fates.get(token);
    if (fate == null) {
      throw new IllegalArgumentException("nobody ordered " + token);
    }
    return fate.order();
  }

  /** What the listing showed at the end, by id. */
  Map<String, FinalTask> tasks() {
    return tasks;
  }

  List<FinalTask> tasksOf(String token) {
    return tasksByToken.getOrDefault(token, List.of());
  }

  /** What was executed, by task. */
  Map<String, Runs> runs() {
    return runs;
  }

  Runs runsOf(String task) {
    return runs.getOrDefault(task, Runs.NONE);
  }

  /** What was seen of tasks, by task. */
  Map<String, List<Read>> reads() {
    return reads;
  }

  /** The event stream, over all connections. */
  List<StreamEvent> events() {
    return events;
  }

  List<StreamEvent> eventsOf(String task) {
    return eventsByTask.getOrDefault(task, List.of());
  }

  List<Receipt> receipts() {
    return receipts;
  }

  /** What the API tells of the past of those tasks that were asked about. */
  Map<String, TaskHistory> pasts() {
    return pasts;
  }

  List<Cancellation> cancellations() {
    return cancellations;
  }

  List<FaultNote> faults() {
    return faults;
  }

  /** How the run ended: one, or none if it did not get that far. */
  List<Ending> endings() {
    return endings;
  }
}

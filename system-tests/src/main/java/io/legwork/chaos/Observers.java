package io.legwork.chaos;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Order;
import io.legwork.chaos.load.Api;
import io.legwork.chaos.load.EventReader;
import io.legwork.chaos.load.Survey;
import io.legwork.chaos.load.WebhookReceiver;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Those who watch a system from outside for the whole of a run. */
public final class Observers implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(500);

  /** Of the tasks that had nothing special about them, the past of so many is looked into. */
  private static final int ORDINARY = 1_000;

  private final Stack stack;
  private final History history;
  private final Api api;
  private final Survey survey;
  private final WebhookReceiver receiver;
  private final EventReader events;

  private Observers(Stack stack, History history) {
    this.stack = stack;
    this.history = history;
    this.api = new Api(stack.producer().url());
    this.survey = new Survey(api, history);
    this.receiver = WebhookReceiver.start(history, api, Stack.SIGNING_SECRET);
    this.events = EventReader.start(stack.notifier().url(), api, history);
  }

  /** Observers of a stack that is ready. */
  public static Observers start(Stack stack, History history) {
    return new Observers(stack, history);
  }

  /** Where webhooks are to be sent. */
  public URI receiver() {
    return receiver.url();
  }

  /** How many tasks are not over, by state. */
  public Map<String, Integer> open() throws IOException {
    return survey.open();
  }

  /**
   * How many tasks the system itself cannot account for, by a comparison of what it has accepted
   * with what is open and finished that begins after this is called; 1 if none is made in time.
   */
  public int unaccounted(Duration limit) {
    long start = System.nanoTime();
    boolean compared =
        Await.within(
            limit,
            LOOK,
            () -> metric("legwork_accounting_age_seconds") < (System.nanoTime() - start) / 1e9);
    return compared ? (int) metric("legwork_tasks_unaccounted") : 1;
  }

  private double metric(String name) {
    return stack
        .producer()
        .metrics()
        .lines()
        .filter(line -> line.startsWith(name + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Waits until no task is open and no queue holds a message; returns whether that was in time. */
  public boolean awaitQuiet(Duration limit) {
    return Await.within(limit, LOOK, () -> isDone() && isEmpty());
  }

  private boolean isDone() {
    try {
      return survey.open().values().stream().allMatch(count -> count == 0);
    } catch (IOException notNow) {
      return false;
    }
  }

  private boolean isEmpty() {
    return stack.servers().messages().values().stream().allMatch(count -> count == 0);
  }

  /**
   * Lists all tasks, waits until everybody has been told of them, and looks into their past.
   *
   * @param patience how long telling may take
   */
  public void survey(Duration patience) throws IOException {
    var tasks = survey.list();
    var ended = ids(tasks.stream().filter(FinalTask::isTerminal));
    var called = called();
    var callbacks = ids(tasks.stream().filter(task -> called.contains(task.token())));
    boolean told =
        Await.within(
            patience,
            LOOK,
            () -> events.ended().containsAll(ended) && receiver.told().containsAll(callbacks));
    var untold =
        told ? Stream.<String>of() : callbacks.stream().filter(id -> !receiver.told().contains(id));
    var special = tasks.stream().filter(task -> !isOrdinary(task)).map(FinalTask::id);
    var ordinary = tasks.stream().filter(Observers::isOrdinary).map(FinalTask::id).limit(ORDINARY);
    survey.pasts(Stream.of(untold, special, ordinary).flatMap(ids -> ids).distinct().toList());
  }

  private Set<String> called() {
    return history.all(Invocation.class).stream()
        .flatMap(invocation -> invocation.orders().stream())
        .filter(Order::callback)
        .map(Order::token)
        .collect(Collectors.toSet());
  }

  private static Set<String> ids(Stream<FinalTask> tasks) {
    return tasks.map(FinalTask::id).collect(Collectors.toSet());
  }

  private static boolean isOrdinary(FinalTask task) {
    return task.attempts() == 1 && task.state().equals("SUCCEEDED");
  }

  @Override
  public void close() {
    events.close();
    receiver.close();
    api.close();
  }
}

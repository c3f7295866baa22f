package io.legwork.worker.execution;

import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an operator wants to know of the running of tasks. Types are those with a handler here. */
final class ExecutionMetrics {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Counter dropped;
  private final Counter unhandled;
  private final Counter fenced;
  private final Counter progressFenced;

  /** Looking a meter up by its name and tags costs more than to count with it. */
  private final Map<Kind, Meters> ofKind = new ConcurrentHashMap<>();

  private record Kind(String type, String queue) {}

  /** The meters of one type in one queue. */
  private record Meters(
      Timer waits,
      Timer runs,
      Counter succeeded,
      Counter failed,
      Counter retried,
      Counter snoozed) {

    Counter ends(AttemptOutcome outcome) {
      return switch (outcome) {
        case AttemptOutcome.Succeeded _ -> succeeded;
        case AttemptOutcome.Failed _ -> failed;
        case AttemptOutcome.Retried _ -> retried;
        case AttemptOutcome.Snoozed _ -> snoozed;
      };
    }
  }

  ExecutionMetrics(MeterRegistry meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
    this.dropped =
        Counter.builder("legwork.deliveries.dropped")
            .description("Messages whose task had moved on: duplicates and late ones")
            .register(meters);
    this.unhandled =
        Counter.builder("legwork.deliveries.unhandled")
            .description("Messages given back because this worker has no handler for their type")
            .register(meters);
    this.fenced =
        Counter.builder("legwork.outcomes.fenced")
            .description("Outcomes refused because a later attempt or a cancellation came first")
            .register(meters);
    this.progressFenced =
        Counter.builder("legwork.progress.fenced")
            .description("Progress and checkpoints refused because their attempt is over")
            .register(meters);
  }

  /** Shows how many permits each type has, and how many of them are free. */
  void permits(Lanes lanes) {
    for (String type : lanes.types()) {
      Gauge.builder("legwork.permits", lanes, it -> it.permitsOf(type))
          .description("How many tasks of a type this worker runs at the same time, at most")
          .tag("type", type)
          .register(meters);
      Gauge.builder("legwork.permits.free", lanes, it -> it.freeOf(type))
          .description("How many more tasks of a type this worker could run now")
          .tag("type", type)
          .register(meters);
    }
  }

  void started(ClaimedTask task) {
    record(task, of(task).waits(), Duration.between(task.readyAt(), task.startedAt()));
  }

  void ran(ClaimedTask task) {
    record(task, of(task).runs(), elapsed(task.startedAt()));
  }

  private void record(ClaimedTask task, Timer timer, Duration duration) {
    TaskTraces.during(task.traceparent(), () -> timer.record(duration));
  }

  void recorded(ClaimedTask task, AttemptOutcome outcome) {
    of(task).ends(outcome).increment();
  }

  void dropped() {
    dropped.increment();
  }

  void unhandled() {
    unhandled.increment();
  }

  void progressFenced() {
    progressFenced.increment();
  }

  void fenced() {
    fenced.increment();
  }

  private Duration elapsed(Instant start) {
    Duration elapsed = Duration.between(start, clock.instant());
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  private Meters of(ClaimedTask task) {
    return ofKind.computeIfAbsent(new Kind(task.type(), task.queue()), this::register);
  }

  private Meters register(Kind kind) {
    Timer waits =
        Timer.builder("legwork.task.wait")
            .description("From the time a task was ready to the start of its attempt")
            .tag("type", kind.type())
            .tag("queue", kind.queue())
            .serviceLevelObjectives(BOUNDS)
            .register(meters);
    Timer runs =
        Timer.builder("legwork.task.run")
            .description("How long attempts ran")
            .tag("type", kind.type())
            .serviceLevelObjectives(BOUNDS)
            .register(meters);
    return new Meters(
        waits,
        runs,
        ends(kind, "succeeded"),
        ends(kind, "failed"),
        ends(kind, "retried"),
        ends(kind, "snoozed"));
  }

  private Counter ends(Kind kind, String outcome) {
    return Counter.builder("legwork.tasks.completed")
        .description("Attempts by what became of the task")
        .tag("type", kind.type())
        .tag("queue", kind.queue())
        .tag("outcome", outcome)
        .register(meters);
  }
}

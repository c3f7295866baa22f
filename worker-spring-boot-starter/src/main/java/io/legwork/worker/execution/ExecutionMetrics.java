package io.legwork.worker.execution;

import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

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

  void started(ClaimedTask task) {
    Timer.builder("legwork.task.wait")
        .description("From the time a task was ready to the start of its attempt")
        .tag("type", task.type())
        .tag("queue", task.queue())
        .serviceLevelObjectives(BOUNDS)
        .register(meters)
        .record(Duration.between(task.readyAt(), task.startedAt()));
  }

  void ran(ClaimedTask task) {
    Timer.builder("legwork.task.run")
        .description("How long attempts ran")
        .tag("type", task.type())
        .serviceLevelObjectives(BOUNDS)
        .register(meters)
        .record(elapsed(task.startedAt()));
  }

  void recorded(ClaimedTask task, AttemptOutcome outcome) {
    Counter.builder("legwork.tasks.completed")
        .description("Attempts by what became of the task")
        .tag("type", task.type())
        .tag("queue", task.queue())
        .tag("outcome", name(outcome))
        .register(meters)
        .increment();
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

  private static String name(AttemptOutcome outcome) {
    return switch (outcome) {
      case AttemptOutcome.Succeeded _ -> "succeeded";
      case AttemptOutcome.Failed _ -> "failed";
      case AttemptOutcome.Retried _ -> "retried";
      case AttemptOutcome.Snoozed _ -> "snoozed";
    };
  }
}

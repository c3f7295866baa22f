package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.handler.Outcome;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.Claim;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.RunningAttempt;
import io.legwork.ledger.TaskClaims;
import io.legwork.messaging.TaskMessage;
import io.legwork.secrets.ContentCipher;
import io.legwork.task.TaskId;
import io.legwork.worker.handlers.HandlerRegistry;
import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a delivery through its life: wait for a permit, claim, run, record, acknowledge. Nothing
 * here blocks; what cannot be done now, because the ledger is away or another worker holds the
 * task, is tried again later with the delivery kept.
 */
final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  /** How long a message of a type without a handler here is kept from coming straight back. */
  private static final Duration UNHANDLED_PAUSE = Duration.ofSeconds(1);

  private static final Duration CLAIM_PAUSE = Duration.ofMillis(500);

  /**
   * How long a message waits for a permit before it goes back to its queue: well below RabbitMQ's
   * consumer timeout of 30 minutes, which would return all others, too.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Lanes lanes;
  private final RunningAttempts running;
  private final Batcher<ClaimRequest, Claim> claimBatcher;
  private final TaskClaims claims;
  private final Takeover takeover;
  private final OutcomeRecorder recorder;
  private final Verdict verdict;
  private final ExecutionMetrics metrics;
  private final Reports reports;
  private final ProgressRecorder progress;
  private final ContentCipher contents;
  private final RunTimes runTimes;
  private final AttemptSpans spans;
  private final ScheduledExecutorService timer;
  private final Executor ledgerWork;
  private volatile boolean stopping;

  Execution(ExecutionParts parts, HandlerRegistry handlers, WorkerProperties properties) {
    this.running = parts.running();
    this.claimBatcher = parts.claimBatcher();
    this.claims = parts.claims();
    this.takeover = parts.takeover();
    this.recorder = parts.recorder();
    this.verdict = parts.verdict();
    this.metrics = parts.metrics();
    this.reports = parts.reports();
    this.progress = parts.progress();
    this.contents = parts.contents();
    this.runTimes = parts.runTimes();
    this.spans = parts.spans();
    this.timer = parts.timer();
    this.ledgerWork = parts.ledgerWork();
    this.lanes = new Lanes(handlers, properties, this::claim);
    metrics.permits(lanes);
  }

  /** How many tasks run, and wait to, at the same time. */
  Lanes lanes() {
    return lanes;
  }

  /** Begins the life of a delivery. */
  void begin(TaskDelivery delivery) {
    if (lanes.handler(delivery.message().type()).isPresent()) {
      lanes.enter(delivery);
    } else {
      metrics.unhandled();
      later(UNHANDLED_PAUSE, delivery::giveBack);
    }
  }

  /** The tasks whose messages have been waiting for a permit for longer than that. */
  List<TaskId> waitingLongerThan(Duration age) {
    return lanes.waitingLongerThan(age).stream()
        .map(delivery -> delivery.message().task())
        .toList();
  }

  /** Does what is due by time; to be called every {@link RunningAttempts#TICK}. */
  void tick() {
    running.tick();
    lanes.giveBackOlderThan(LONGEST_WAIT);
  }

  /** Begins no attempt any more and gives back the deliveries that have not begun one. */
  void stop() {
    stopping = true;
    lanes.stop();
  }

  private void claim(TaskDelivery delivery) {
    TaskMessage message = delivery.message();
    reserve(delivery, new ClaimRequest(message.task(), message.attempt()));
  }

  private void reserve(TaskDelivery delivery, ClaimRequest request) {
    if (running.reserve(claimed(request))) {
      claim(delivery, request);
    } else {
      drop(delivery);
    }
  }

  private void claim(TaskDelivery delivery, ClaimRequest request) {
    try {
      claimBatcher
          .submit(request)
          .whenComplete((claim, failure) -> answered(delivery, request, claim, failure));
    } catch (BatcherFullException full) {
      claimLater(delivery, request);
    }
  }

  private void claimLater(TaskDelivery delivery, ClaimRequest request) {
    if (stopping) {
      running.release(claimed(request));
      lanes.leave(delivery);
      delivery.giveBack();
    } else {
      later(CLAIM_PAUSE, () -> claim(delivery, request));
    }
  }

  private void answered(
      TaskDelivery delivery,
      ClaimRequest request,
      @Nullable Claim claim,
      @Nullable Throwable failure) {
    if (claim == null) {
      LOG.atWarn()
          .addKeyValue("task", request.task())
          .addKeyValue("reason", failure == null ? "" : failure.getMessage())
          .log("task.claim.failed, trying again unless this worker stops");
      claimLater(delivery, request);
      return;
    }
    switch (claim) {
      case Claim.Claimed(ClaimedTask task) -> run(delivery, task);
      case Claim.Running held -> ledgerWork.execute(() -> held(delivery, request, held));
      case Claim.Stale _, Claim.TooLate _ -> refused(delivery, request);
      case Claim.Unknown _ -> {
        LOG.atWarn()
            .addKeyValue("task", request.task())
            .log("task.unknown: the ledger does not know the task of this message; it was dropped");
        refused(delivery, request);
      }
    }
  }

  private void held(TaskDelivery delivery, ClaimRequest request, Claim.Running held) {
    if (takeover.isOwn(held)) {
      resume(delivery, request);
      return;
    }
    switch (takeover.consider(held, delivery.age())) {
      case Takeover.Decision.Duplicate _ -> refused(delivery, request);
      case Takeover.Decision.Wait _ -> claimLater(delivery, request);
      case Takeover.Decision.Claim(int attempt) -> {
        running.release(claimed(request));
        reserve(delivery, new ClaimRequest(request.task(), attempt));
      }
    }
  }

  /** The claim was committed, but the connection was lost before this worker learnt so. */
  private void resume(TaskDelivery delivery, ClaimRequest request) {
    try {
      RunningAttempt attempt = claimed(request);
      claims
          .resume(attempt.task(), attempt.attempt())
          .ifPresentOrElse(task -> run(delivery, task), () -> refused(delivery, request));
    } catch (LedgerException unavailable) {
      claimLater(delivery, request);
    }
  }

  /** The attempt that a claim leads to. */
  private static RunningAttempt claimed(ClaimRequest request) {
    return new RunningAttempt(request.task(), request.attempt() + 1);
  }

  /** Runs a task that was claimed, and sees to it that its outcome is recorded. */
  void run(TaskDelivery delivery, ClaimedTask task) {
    RegisteredHandler handler = lanes.handler(delivery.message().type()).orElseThrow();
    Attempt attempt = new Attempt(task, handler, delivery, progress, contents, spans);
    running.add(attempt);
    metrics.started(task);
    if (task.attempt() == delivery.message().attempt() + 1) {
      // A task that was taken over is ready since just now, ahead of all that wait.
      reports.started(task);
    }
    if (handler.longRunning()) {
      delivery.acknowledge();
    }
    attempt.outcome().thenAccept(outcome -> ended(attempt, outcome));
    // Not sooner: one that goes on after its end would otherwise run beside ever more others.
    attempt.handlerLeft().thenRun(() -> lanes.leave(delivery));
    attempt.start();
  }

  private void ended(Attempt attempt, Outcome outcome) {
    metrics.ran(attempt.task());
    runTimes.add(attempt.task().type(), attempt.age());
    AttemptOutcome ended = verdict.of(attempt.task(), outcome);
    spans.ended(attempt, ended);
    recorder.record(
        attempt.task(),
        ended,
        () -> {
          running.remove(attempt);
          attempt.delivery().acknowledge();
        });
  }

  private void refused(TaskDelivery delivery, ClaimRequest request) {
    running.release(claimed(request));
    drop(delivery);
  }

  private void drop(TaskDelivery delivery) {
    metrics.dropped();
    lanes.leave(delivery);
    delivery.acknowledge();
  }

  private void later(Duration pause, Runnable work) {
    timer.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}

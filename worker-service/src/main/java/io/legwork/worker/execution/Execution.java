package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.handler.Outcome;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.Claim;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.TaskClaims;
import io.legwork.messaging.TaskMessage;
import io.legwork.worker.handlers.HandlerRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  private final Map<String, TypeLane> lanes = new HashMap<>();
  private final RunningAttempts running;
  private final Batcher<ClaimRequest, Claim> claimBatcher;
  private final TaskClaims claims;
  private final Takeover takeover;
  private final OutcomeRecorder recorder;
  private final Verdict verdict;
  private final ExecutionMetrics metrics;
  private final ScheduledExecutorService timer;

  Execution(ExecutionParts parts, HandlerRegistry handlers, int concurrency) {
    this.running = parts.running();
    this.claimBatcher = parts.claimBatcher();
    this.claims = parts.claims();
    this.takeover = parts.takeover();
    this.recorder = parts.recorder();
    this.verdict = parts.verdict();
    this.metrics = parts.metrics();
    this.timer = parts.timer();
    for (String type : handlers.types()) {
      handlers
          .find(type)
          .ifPresent(handler -> {
            int permits = handler.concurrency() > 0 ? handler.concurrency() : concurrency;
            lanes.put(type, new TypeLane(handler, permits, this::claim));
          });
    }
  }

  /** Begins the life of a delivery. */
  void begin(TaskDelivery delivery) {
    TypeLane lane = lanes.get(delivery.message().type());
    if (lane == null) {
      metrics.unhandled();
      later(UNHANDLED_PAUSE, delivery::giveBack);
    } else {
      lane.enter(delivery);
    }
  }

  /** Begins no attempt any more and gives back the deliveries that have not begun one. */
  void stop() {
    lanes.values().forEach(TypeLane::stop);
  }

  private void claim(TaskDelivery delivery) {
    TaskMessage message = delivery.message();
    if (running.contains(message.task())) {
      drop(delivery);
      return;
    }
    claim(delivery, new ClaimRequest(message.task(), message.attempt()));
  }

  private void claim(TaskDelivery delivery, ClaimRequest request) {
    try {
      claimBatcher
          .submit(request)
          .whenComplete((claim, failure) -> claimed(delivery, request, claim, failure));
    } catch (BatcherFullException full) {
      later(CLAIM_PAUSE, () -> claim(delivery, request));
    }
  }

  private void claimed(
      TaskDelivery delivery,
      ClaimRequest request,
      @Nullable Claim claim,
      @Nullable Throwable failure) {
    if (claim == null) {
      LOG.atWarn()
          .addKeyValue("task", request.task())
          .addKeyValue("reason", failure == null ? "" : failure.getMessage())
          .log("task.claim.failed, trying again");
      later(CLAIM_PAUSE, () -> claim(delivery, request));
      return;
    }
    switch (claim) {
      case Claim.Claimed(ClaimedTask task) -> run(delivery, task);
      case Claim.Running held -> held(delivery, request, held);
      case Claim.Stale _, Claim.TooLate _ -> drop(delivery);
      case Claim.Unknown _ -> dropUnknown(delivery);
    }
  }

  private void held(TaskDelivery delivery, ClaimRequest request, Claim.Running held) {
    if (takeover.isOwn(held)) {
      resume(delivery, held);
      return;
    }
    timer.execute(() -> {
      switch (takeover.consider(held, delivery.age())) {
        case Takeover.Decision.Duplicate _ -> drop(delivery);
        case Takeover.Decision.Wait _ -> later(CLAIM_PAUSE, () -> claim(delivery, request));
        case Takeover.Decision.Claim(int attempt) ->
            claim(delivery, new ClaimRequest(request.task(), attempt));
      }
    });
  }

  /** This worker claimed the attempt, but the connection was lost before it learnt so. */
  private void resume(TaskDelivery delivery, Claim.Running held) {
    timer.execute(() -> {
      Optional<ClaimedTask> task =
          running.contains(held.task())
              ? Optional.empty()
              : claims.resume(held.task(), held.attempt());
      task.ifPresentOrElse(claimed -> run(delivery, claimed), () -> drop(delivery));
    });
  }

  private void run(TaskDelivery delivery, ClaimedTask task) {
    TypeLane lane = lane(delivery);
    Attempt attempt = new Attempt(task, lane.handler());
    running.add(attempt);
    metrics.started(task);
    attempt.outcome().thenAccept(outcome -> ended(delivery, attempt, outcome));
    attempt.start();
  }

  private void ended(TaskDelivery delivery, Attempt attempt, Outcome outcome) {
    lane(delivery).leave();
    AttemptOutcome recorded = verdict.of(attempt.task(), outcome);
    metrics.ended(attempt.task(), recorded);
    recorder.record(
        recorded,
        () -> {
          running.remove(attempt);
          delivery.acknowledge();
        });
  }

  private void drop(TaskDelivery delivery) {
    metrics.dropped();
    lane(delivery).leave();
    delivery.acknowledge();
  }

  private void dropUnknown(TaskDelivery delivery) {
    LOG.atWarn()
        .addKeyValue("task", delivery.message().task())
        .log("task.unknown: the ledger does not know the task of this message; it was dropped");
    drop(delivery);
  }

  private TypeLane lane(TaskDelivery delivery) {
    TypeLane lane = lanes.get(delivery.message().type());
    if (lane == null) {
      throw new IllegalStateException("no lane for " + delivery.message().type());
    }
    return lane;
  }

  private void later(Duration pause, Runnable work) {
    timer.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}

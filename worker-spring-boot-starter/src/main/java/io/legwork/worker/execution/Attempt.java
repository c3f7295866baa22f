package io.legwork.worker.execution;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.runtime.Checkpoints;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.RunningAttempt;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task on a thread of its own. It ends once: with the handler's outcome or because
 * it is stopped, whichever comes first; a handler that goes on after that is interrupted and what
 * it returns then is dropped.
 */
final class Attempt implements TaskContext {

  private final ClaimedTask task;
  private final RegisteredHandler handler;
  private final TaskDelivery delivery;
  private final ProgressRecorder notes;
  private final ContentCipher contents;
  private final AttemptSpans spans;
  private final TaskLogger logger;
  private final long startNanos = System.nanoTime();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final CompletableFuture<Void> handlerLeft = new CompletableFuture<>();
  private volatile @Nullable KeptJson checkpoint;
  private volatile @Nullable Thread thread;

  /**
   * @param delivery the message that the claim came from
   * @param notes writes what the handler tells of itself
   * @param contents opens and seals what the task carries
   * @param spans knows the span that the handler works in
   */
  Attempt(
      ClaimedTask task,
      RegisteredHandler handler,
      TaskDelivery delivery,
      ProgressRecorder notes,
      ContentCipher contents,
      AttemptSpans spans) {
    this.task = task;
    this.handler = handler;
    this.delivery = delivery;
    this.notes = notes;
    this.contents = contents;
    this.spans = spans;
    this.logger = new TaskLogger(task);
    this.checkpoint = task.checkpoint();
  }

  ClaimedTask task() {
    return task;
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.ofNullable(spans.traceparent(task));
  }

  TaskDelivery delivery() {
    return delivery;
  }

  /** What the ledger knows it by. */
  RunningAttempt key() {
    return new RunningAttempt(task.id(), task.attempt());
  }

  /** Completed when the attempt has ended; cancelled when it was given up. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Completed when the handler has returned, which may be long after the attempt has ended. */
  CompletableFuture<Void> handlerLeft() {
    return handlerLeft;
  }

  void start() {
    Thread.Builder builder = handler.cpuBound() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    thread = builder.name("task-" + task.id()).start(spans.inside(task, this::run));
  }

  private void run() {
    try {
      outcome.complete(handler.run(opened(Part.PAYLOAD, task.payload()).bytes(), this));
    } catch (InterruptedException interrupted) {
      outcome.complete(Outcome.fail("The attempt was interrupted."));
    } catch (SecretUnreadableException unreadable) {
      outcome.complete(Outcome.fail("What the task carries: " + unreadable.getMessage()));
    } catch (RuntimeException | Error unexpected) {
      outcome.complete(Outcome.fail("The handler broke: " + unexpected));
    } finally {
      handlerLeft.complete(null);
    }
  }

  /**
   * Ends the attempt with the given outcome, unless it has ended, and interrupts the handler.
   *
   * @return whether it had not ended
   */
  boolean stop(Outcome reason) {
    boolean stopped = outcome.complete(reason);
    if (stopped) {
      interrupt();
    }
    return stopped;
  }

  /**
   * Ends the attempt without an outcome, unless it has ended, and interrupts the handler.
   *
   * @return whether it had not ended
   */
  boolean giveUp() {
    boolean given = outcome.cancel(false);
    if (given) {
      interrupt();
    }
    return given;
  }

  private void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** How it ends when its time is up. */
  Outcome timedOut() {
    return Outcome.fail("The attempt did not end within its timeout of " + task.timeout() + ".");
  }

  /** Whether its handler is what made the process stop: nobody comes back from {@code exit}. */
  boolean hasCalledExit() {
    Thread running = thread;
    return running != null
        && Arrays.stream(running.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  /** How long it has been running. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Override
  public String taskId() {
    return task.id().toString();
  }

  @Override
  public String tenant() {
    return task.tenant();
  }

  @Override
  public String type() {
    return task.type();
  }

  @Override
  public int attempt() {
    return task.attempt();
  }

  @Override
  public int maxAttempts() {
    return task.maxAttempts();
  }

  @Override
  public Duration remaining() {
    Duration left = task.timeout().minus(age());
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public Instant deadline() {
    return task.startedAt().plus(task.timeout());
  }

  @Override
  public void progress(int percent, String message) {
    ProgressReport.Stage stage = new ProgressReport.Stage(percent, message);
    if (!isCancelled()) {
      notes.progress(this, stage);
    }
  }

  @Override
  public void checkpoint(Object value) {
    KeptJson written =
        contents.keep(
            task.payload().isSealed(),
            Part.CHECKPOINT,
            task.id().value(),
            Json.of(Checkpoints.write(value)));
    notes.checkpoint(this, written);
    checkpoint = written;
  }

  @Override
  public <T> Optional<T> lastCheckpoint(Class<T> type) {
    return Optional.ofNullable(checkpoint)
        .map(last -> Checkpoints.read(opened(Part.CHECKPOINT, last).bytes(), type));
  }

  private Json opened(Part part, KeptJson kept) {
    return contents.open(part, task.id().value(), kept);
  }

  @Override
  public System.Logger logger() {
    return logger;
  }

  @Override
  public boolean isCancelled() {
    return outcome.isDone();
  }

  /** Waits for the end of the attempt, but not longer than that. */
  void awaitEnd(Duration time) throws InterruptedException {
    try {
      outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException goesOnOrIsOver) {
      // Whoever waits asks isCancelled() next.
    }
  }
}

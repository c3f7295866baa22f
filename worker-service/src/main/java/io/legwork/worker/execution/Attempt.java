package io.legwork.worker.execution;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.ledger.ClaimedTask;
import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task on a thread of its own. It ends once: with the handler's outcome or with
 * the timeout, whichever comes first; a handler that goes on after its timeout is interrupted and
 * what it returns then is dropped.
 */
final class Attempt implements TaskContext {

  private final ClaimedTask task;
  private final RegisteredHandler handler;
  private final long deadlineNanos;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile @Nullable Thread thread;

  Attempt(ClaimedTask task, RegisteredHandler handler) {
    this.task = task;
    this.handler = handler;
    this.deadlineNanos = System.nanoTime() + task.timeout().toNanos();
  }

  ClaimedTask task() {
    return task;
  }

  /** Completed when the attempt has ended. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  void start() {
    Thread.Builder builder = handler.cpuBound() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    thread = builder.name("task-" + task.id()).start(this::run);
  }

  private void run() {
    try {
      outcome.complete(handler.run(task.payload().bytes(), this));
    } catch (InterruptedException interrupted) {
      outcome.complete(Outcome.fail("The attempt was interrupted."));
    } catch (RuntimeException | Error unexpected) {
      outcome.complete(Outcome.fail("The handler broke: " + unexpected));
    }
  }

  /** Ends the attempt with the given outcome, unless it has ended, and interrupts the handler. */
  void stop(Outcome reason) {
    Thread running = thread;
    if (outcome.complete(reason) && running != null) {
      running.interrupt();
    }
  }

  /** Ends the attempt because its time is up. */
  void timeOut() {
    stop(Outcome.fail("The attempt did not end within its timeout of " + task.timeout() + "."));
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
    long nanos = deadlineNanos - System.nanoTime();
    return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
  }
}

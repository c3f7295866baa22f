package io.legwork.worker.execution;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.Processes;
import io.legwork.worker.handlers.HandlerRegistry;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the worker (guarantee G11): on a stop nothing new is taken, what was not begun
 * goes back to its queue, what runs may end within the grace, outcomes are committed, and only then
 * are the connections closed.
 */
final class WorkerLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** For the outcomes of attempts that the end of the grace cut short. */
  private static final Duration LAST_OUTCOMES = Duration.ofSeconds(5);

  private final TaskConsumers consumers;
  private final Execution execution;
  private final RunningAttempts running;
  private final HandlerRegistry handlers;
  private final Processes processes;
  private final ScheduledExecutorService timer;
  private final Duration stopGrace;
  private volatile boolean started;

  WorkerLifecycle(
      TaskConsumers consumers,
      Execution execution,
      ExecutionParts parts,
      HandlerRegistry handlers,
      Processes processes,
      WorkerProperties properties) {
    this.consumers = consumers;
    this.execution = execution;
    this.running = parts.running();
    this.handlers = handlers;
    this.processes = processes;
    this.timer = parts.timer();
    this.stopGrace = properties.stopGrace();
  }

  @Override
  public void start() {
    long tick = RunningAttempts.TICK.toMillis();
    timer.scheduleWithFixedDelay(running::timeOut, tick, tick, TimeUnit.MILLISECONDS);
    registerTypes();
    consumers.start();
    started = true;
  }

  private void registerTypes() {
    try {
      processes.registerTypes(handlers.types());
      LOG.atInfo().addKeyValue("types", handlers.types()).log("types.registered");
    } catch (LedgerException unreachable) {
      LOG.atWarn()
          .addKeyValue("reason", unreachable.getMessage())
          .log("types.not_registered, trying again in 1 s");
      timer.schedule(this::registerTypes, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void stop() {
    LOG.atInfo().addKeyValue("running", running.size()).log("worker.stopping");
    consumers.stopConsuming();
    execution.stop();
    if (!running.awaitNone(stopGrace)) {
      LOG.atWarn()
          .addKeyValue("running", running.size())
          .log("worker.grace_over: the attempts that still run are interrupted");
      running.stopAll();
      running.awaitNone(LAST_OUTCOMES);
    }
    consumers.close();
    timer.shutdownNow();
    started = false;
    LOG.info("worker.stopped");
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}

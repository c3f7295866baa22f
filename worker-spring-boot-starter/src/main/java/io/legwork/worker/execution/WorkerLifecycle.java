package io.legwork.worker.execution;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.TaskTypes;
import io.legwork.worker.handlers.HandlerRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the worker (guarantee G11): on a stop nothing new is taken, what was not begun
 * goes back to its queue, what runs may end within the grace or is handed back, outcomes are
 * committed, and only then are the connections closed.
 */
final class WorkerLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** For outcomes that are on their way when the grace is over. */
  private static final Duration LAST_OUTCOMES = Duration.ofSeconds(5);

  private final TaskConsumers consumers;
  private final Execution execution;
  private final RunningAttempts running;
  private final Reports reports;
  private final ProgressRecorder progress;
  private final RunTimes runTimes;
  private final HandBack handBack;
  private final HandlerRegistry handlers;
  private final TaskTypes types;
  private final UUID worker;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService ledgerWork;
  private final Duration stopGrace;
  private volatile boolean started;

  WorkerLifecycle(
      TaskConsumers consumers,
      Execution execution,
      ExecutionParts parts,
      HandBack handBack,
      HandlerRegistry handlers,
      TaskTypes types,
      ProcessIdentity identity,
      WorkerProperties properties) {
    this.consumers = consumers;
    this.execution = execution;
    this.running = parts.running();
    this.reports = parts.reports();
    this.progress = parts.progress();
    this.runTimes = parts.runTimes();
    this.handBack = handBack;
    this.handlers = handlers;
    this.types = types;
    this.worker = identity.id();
    this.timer = parts.timer();
    this.ledgerWork = parts.ledgerWork();
    this.stopGrace = properties.stopGrace();
  }

  @Override
  public void start() {
    long tick = RunningAttempts.TICK.toMillis();
    timer.scheduleWithFixedDelay(execution::tick, tick, tick, TimeUnit.MILLISECONDS);
    long pause = Reports.PAUSE.toMillis();
    ledgerWork.scheduleWithFixedDelay(
        () -> reports.run(execution), pause, pause, TimeUnit.MILLISECONDS);
    long flush = ProgressRecorder.PAUSE.toMillis();
    ledgerWork.scheduleWithFixedDelay(progress::flush, flush, flush, TimeUnit.MILLISECONDS);
    long telling = RunTimes.PAUSE.toMillis();
    ledgerWork.scheduleWithFixedDelay(runTimes::tell, telling, telling, TimeUnit.MILLISECONDS);
    registerTypes();
    consumers.start();
    started = true;
  }

  private void registerTypes() {
    try {
      types.register(worker, handlers.definitions());
      LOG.atInfo().addKeyValue("types", handlers.types()).log("types.registered");
    } catch (LedgerException unreachable) {
      // The heartbeat has said aloud that the ledger is away.
      LOG.atDebug()
          .addKeyValue("reason", unreachable.getMessage())
          .log("types.not_registered, trying again in 1 s");
      ledgerWork.schedule(this::registerTypes, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void stop() {
    LOG.atInfo().addKeyValue("running", running.size()).log("worker.stopping");
    running.failWhoCalledExit();
    consumers.stopConsuming();
    execution.stop();
    if (!running.awaitNone(stopGrace)) {
      LOG.atWarn()
          .addKeyValue("running", running.size())
          .log("worker.grace_over: what still runs is interrupted and handed back");
      handBack.run();
      running.awaitNone(LAST_OUTCOMES);
    }
    consumers.close();
    timer.shutdownNow();
    ledgerWork.shutdownNow();
    started = false;
    LOG.info("worker.stopped");
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}

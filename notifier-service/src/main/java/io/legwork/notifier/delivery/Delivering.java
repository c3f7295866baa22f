package io.legwork.notifier.delivery;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the delivering. It stops after the consumer of events, which hands it new
 * deliveries, and before anything it needs is closed.
 */
final class Delivering implements SmartLifecycle {

  private final DueDeliveries dueDeliveries;
  private final DeliveryRuns runs;
  private final Retention retention;
  private volatile boolean running;

  Delivering(DueDeliveries dueDeliveries, DeliveryRuns runs, Retention retention) {
    this.retention = retention;
    this.dueDeliveries = dueDeliveries;
    this.runs = runs;
  }

  @Override
  public void start() {
    retention.start();
    dueDeliveries.start();
    running = true;
  }

  @Override
  public void stop() {
    try {
      retention.stop();
      dueDeliveries.stop();
      runs.stop();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** Lower phases start earlier and stop later. */
  static final int PHASE = 0;
}

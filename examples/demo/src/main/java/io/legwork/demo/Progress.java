package io.legwork.demo;

import java.time.Duration;

/** Shows how far the work has come until everything is done or time is up. */
final class Progress {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration SAY_EVERY = Duration.ofSeconds(3);
  private static final int BAR = 24;

  private final Terminal terminal;
  private final WebhookReceiver receiver;
  private final int total;
  private final long startNanos;
  private int lastDone;
  private long lastNanos;
  private double rate;

  Progress(Terminal terminal, WebhookReceiver receiver, int total, long startNanos) {
    this.terminal = terminal;
    this.receiver = receiver;
    this.total = total;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /** Waits until every webhook has arrived; false if the deadline came first. */
  boolean await(Duration deadline) {
    long saidNanos = System.nanoTime();
    while (receiver.arrived() < total) {
      long now = System.nanoTime();
      if (now - startNanos > deadline.toNanos()) {
        return false;
      }
      if (terminal.live() || now - saidNanos > SAY_EVERY.toNanos()) {
        terminal.status(status(now));
        saidNanos = now;
      }
      pause();
    }
    terminal.status(status(System.nanoTime()));
    return true;
  }

  private String status(long now) {
    int done = receiver.arrived();
    measure(done, now);
    int filled = BAR * done / total;
    return "[%s%s] %,d/%,d done  %,d webhooks  %,.0f/s  %.1f s"
        .formatted(
            "=".repeat(filled),
            " ".repeat(BAR - filled),
            done,
            total,
            receiver.tally().received(),
            rate,
            (now - startNanos) / 1e9);
  }

  /** The rate is that of the last second or more, so that it says how it goes now. */
  private void measure(int done, long now) {
    if (now - lastNanos >= 1_000_000_000L) {
      rate = (done - lastDone) * 1e9 / (now - lastNanos);
      lastDone = done;
      lastNanos = now;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}

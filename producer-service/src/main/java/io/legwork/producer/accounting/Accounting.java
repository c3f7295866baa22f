package io.legwork.producer.accounting;

import io.legwork.ledger.TaskAccounts;
import io.legwork.ledger.TaskAccounts.Step;
import io.legwork.process.RepeatedWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares what was accepted with what is open and finished, a step at a time; of several producers
 * one makes each step. What does not add up is logged once, when it is confirmed.
 */
final class Accounting implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);

  /** How often it is asked whether it is time for a step; the ledger decides when it is. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final TaskAccounts accounts;
  private @Nullable RepeatedWork work;

  Accounting(TaskAccounts accounts) {
    this.accounts = accounts;
  }

  private boolean step() {
    Step step = accounts.step();
    if (step.confirmed() > 0) {
      LOG.atError()
          .addKeyValue("tasks", step.confirmed())
          .addKeyValue("first", step.first())
          .log(
              "tasks.unaccounted: accepted is not open plus finished for these; all others go on."
                  + " See docs/runbooks/LegworkTasksUnaccounted.md");
    }
    return false;
  }

  @Override
  public void start() {
    work = RepeatedWork.start("accounting", PAUSE, this::step);
  }

  @Override
  public void stop() {
    if (work != null) {
      work.stop();
    }
    work = null;
  }

  @Override
  public boolean isRunning() {
    return work != null;
  }
}

package io.legwork.producer.dispatch;

import io.legwork.process.RepeatedWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the work of the dispatch. */
final class DispatchLifecycle implements SmartLifecycle {

  private static final Duration DUE = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration RECOVER = Duration.ofMillis(500);
  private static final Duration RETAIN = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofSeconds(2);

  private final DueDispatch due;
  private final Sweeper sweeper;
  private final Recovery recovery;
  private final Retention retention;
  private final Pace pace;
  private final List<RepeatedWork> works = new ArrayList<>();

  DispatchLifecycle(
      DueDispatch due, Sweeper sweeper, Recovery recovery, Retention retention, Pace pace) {
    this.due = due;
    this.sweeper = sweeper;
    this.recovery = recovery;
    this.retention = retention;
    this.pace = pace;
  }

  @Override
  public void start() {
    works.add(RepeatedWork.start("due-dispatch", DUE, due));
    works.add(RepeatedWork.start("sweeper", SWEEP, sweeper));
    works.add(RepeatedWork.start("recovery", RECOVER, recovery));
    works.add(RepeatedWork.start("retention", RETAIN, retention));
    works.add(RepeatedWork.start("pace", PACE, pace));
  }

  @Override
  public void stop() {
    works.forEach(RepeatedWork::stop);
    works.clear();
  }

  @Override
  public boolean isRunning() {
    return !works.isEmpty();
  }
}

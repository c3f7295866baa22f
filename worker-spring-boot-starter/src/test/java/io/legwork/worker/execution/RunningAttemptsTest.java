package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.RunningAttempt;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningAttemptsTest {

  private final RunningAttempts running = new RunningAttempts(Duration.ofMinutes(1));
  private final TaskId task = new TaskId(UUID.randomUUID());

  @Test
  void reservesAnAttemptOnce() {
    assertThat(running.reserve(new RunningAttempt(task, 1))).isTrue();
    assertThat(running.reserve(new RunningAttempt(task, 1))).isFalse();
    assertThat(running.reserve(new RunningAttempt(task, 2))).isTrue();
  }

  @Test
  void reservesAgainWhatWasReleased() {
    running.reserve(new RunningAttempt(task, 1));

    running.release(new RunningAttempt(task, 1));

    assertThat(running.reserve(new RunningAttempt(task, 1))).isTrue();
  }

  @Test
  void waitsForReservedAttemptsToo() {
    RunningAttempt claiming = new RunningAttempt(task, 1);
    running.reserve(claiming);

    assertThat(running.size()).isZero();
    assertThat(running.awaitNone(Duration.ZERO)).isFalse();

    running.release(claiming);
    assertThat(running.awaitNone(Duration.ZERO)).isTrue();
  }
}

package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lost messages are told from waiting ones by order, never by age alone (decision 1). */
class LostMessagesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final TestLedger ledger = new TestLedger();

  @Test
  void takesNothingForLostThatWaitsItsTurn() {
    readySince(waiting(3), Duration.ofHours(1));
    startedThrough(Duration.ofHours(1));

    assertThat(lost(false)).isEmpty();
  }

  @Test
  void takesForLostWhatWasOvertaken() {
    List<TaskId> overtaken = waiting(2);
    readySince(overtaken, Duration.ofHours(1));
    List<TaskId> next = waiting(2);
    readySince(next, Duration.ofMinutes(10));
    startedThrough(Duration.ofMinutes(10));

    assertThat(lost(false))
        .extracting(QueuedTask::id)
        .containsExactlyInAnyOrderElementsOf(overtaken);
    assertThat(lost(false)).isEmpty();
  }

  @Test
  void allowsForMessagesThatOvertakeEachOtherByALittle() {
    readySince(waiting(1), Duration.ofSeconds(10));
    startedThrough(Duration.ofSeconds(9));

    assertThat(lost(false)).isEmpty();
  }

  @Test
  void takesForLostWhatWaitsInAnEmptyQueue() {
    List<TaskId> tasks = waiting(2);
    assertThat(lost(true)).as("their messages may be on their way").isEmpty();
    readySince(tasks, Duration.ofSeconds(10));

    assertThat(lost(true)).extracting(QueuedTask::id).containsExactlyInAnyOrderElementsOf(tasks);
  }

  @Test
  void leavesWhatALivingWorkerHolds() {
    List<TaskId> tasks = waiting(2);
    readySince(tasks, Duration.ofSeconds(10));
    ledger.reports.report(List.of(), tasks.subList(0, 1));

    assertThat(lost(true)).extracting(QueuedTask::id).containsExactly(tasks.get(1));

    ledger.silence(ledger.worker.id());
    assertThat(lost(true)).extracting(QueuedTask::id).containsExactly(tasks.get(0));
  }

  @Test
  void neverTakesProgressBack() {
    List<TaskId> tasks = waiting(1);
    readySince(tasks, Duration.ofMinutes(30));
    startedThrough(Duration.ofMinutes(1));
    startedThrough(Duration.ofHours(1));

    assertThat(lost(false)).extracting(QueuedTask::id).containsExactlyElementsOf(tasks);
  }

  @Test
  void keepsTheQueuesApart() {
    readySince(waiting(1), Duration.ofHours(1));
    ledger.reports.report(
        List.of(new QueueProgress("default", Priority.HIGH, Instant.now())), List.of());
    ledger.reports.report(
        List.of(new QueueProgress("other", Priority.NORMAL, Instant.now())), List.of());

    assertThat(lost(false)).isEmpty();
  }

  private List<TaskId> waiting(int count) {
    return IntStream.range(0, count).mapToObj(i -> ledger.accepted(ledger.aTask())).toList();
  }

  private void readySince(List<TaskId> tasks, Duration age) {
    for (TaskId task : tasks) {
      ledger.execute(
          "update task set ready_at = now() - interval '%d ms' where id = '%s'"
              .formatted(age.toMillis(), task));
    }
  }

  private void startedThrough(Duration age) {
    ledger.reports.report(
        List.of(new QueueProgress("default", Priority.NORMAL, Instant.now().minus(age))),
        List.of());
  }

  private List<QueuedTask> lost(boolean queueIsEmpty) {
    return queueIsEmpty
        ? ledger.dueTasks.repeatAll("default", Priority.NORMAL, PATIENCE, 100)
        : ledger.dueTasks.repeatOvertaken("default", Priority.NORMAL, PATIENCE, MARGIN, 100);
  }
}

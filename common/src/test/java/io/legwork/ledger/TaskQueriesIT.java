package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.Scope;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Finds tasks, whether they are open or finished, for one tenant. */
class TaskQueriesIT {

  private static final String TENANT = NewTask.DEFAULT_TENANT;

  private final TestLedger ledger = new TestLedger();

  @Test
  void listsOpenAndFinishedTasksNewestFirst() {
    List<TaskId> tasks =
        IntStream.range(0, 5).mapToObj(i -> ledger.accepted(ledger.aTask())).toList();
    ledger.claimed(tasks.get(2), 0);
    ledger.recorded(new Succeeded(tasks.get(2), 1, null));

    List<TaskView> first = ledger.queries.list(filter(null, null), 3);
    List<TaskView> second = ledger.queries.list(filter(null, first.getLast().id()), 3);

    assertThat(first)
        .extracting(TaskView::id)
        .containsExactlyElementsOf(tasks.reversed().subList(0, 3));
    assertThat(second)
        .extracting(TaskView::id)
        .containsExactlyElementsOf(tasks.reversed().subList(3, 5));
  }

  @Test
  void listsTheTasksInAState() {
    TaskId queued = ledger.accepted(ledger.aTask());
    TaskId running = ledger.accepted(ledger.aTask());
    ledger.claimed(running, 0);
    TaskId over = ledger.accepted(ledger.aTask());
    ledger.claimed(over, 0);
    ledger.recorded(new Succeeded(over, 1, null));

    assertThat(idsIn(TaskState.QUEUED)).containsExactly(queued);
    assertThat(idsIn(TaskState.RUNNING)).containsExactly(running);
    assertThat(idsIn(TaskState.SUCCEEDED)).containsExactly(over);
    assertThat(idsIn(TaskState.FAILED)).isEmpty();
  }

  private List<TaskId> idsIn(TaskState state) {
    return ledger.queries.list(filter(state, null), 10).stream().map(TaskView::id).toList();
  }

  @Test
  void asksOnlyThoseThatCanBeInTheState() {
    assertThat(asked(null)).contains("open").contains("finished");
    assertThat(asked(TaskState.RETRYING)).contains("open").doesNotContain("finished");
    assertThat(asked(TaskState.SUCCEEDED)).contains("finished").doesNotContain("open");
  }

  private static String asked(@Nullable TaskState state) {
    return TaskListing.of(filter(state, null), 10).select("open", "finished");
  }

  @Test
  void showsATenantNothingOfAnother() {
    TaskId task = ledger.accepted(ledger.aTask());

    assertThat(ledger.queries.find("other", task)).isEmpty();
    assertThat(
            ledger.queries.list(
                new TaskFilter("other", null, null, null, null, null, null, Scope.ALL), 10))
        .isEmpty();
    assertThat(ledger.attempts.of("other", task)).isEmpty();
    assertThat(ledger.events.ofTask("other", task)).isEmpty();
  }

  @Test
  void findsTasksByTagAndTime() {
    TaskId task = ledger.accepted(ledger.aTask());

    assertThat(
            ledger.queries.list(
                new TaskFilter(
                    TENANT,
                    null,
                    "report.render",
                    "default",
                    "a:1",
                    Instant.now().minusSeconds(60),
                    null,
                    Scope.ALL),
                10))
        .extracting(TaskView::id)
        .containsExactly(task);
    assertThat(
            ledger.queries.list(
                new TaskFilter(TENANT, null, null, null, "nope", null, null, Scope.ALL), 10))
        .isEmpty();
    assertThat(
            ledger.queries.list(
                new TaskFilter(
                    TENANT, null, null, null, null, Instant.now().plusSeconds(60), null, Scope.ALL),
                10))
        .isEmpty();
  }

  private static TaskFilter filter(@Nullable TaskState state, @Nullable TaskId before) {
    return new TaskFilter(TENANT, state, null, null, null, null, before, Scope.ALL);
  }
}

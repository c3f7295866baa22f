package io.legwork.chaos.check;

import io.legwork.chaos.history.Cancellation;
import io.legwork.chaos.history.Completion.Outcome;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.Execution.Phase;
import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Invocation.Kind;
import io.legwork.chaos.history.Order;
import io.legwork.chaos.history.TaskHistory;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What can go wrong with tasks and their execution: the invariant it breaks, and how. */
final class WorkMishaps {

  private WorkMishaps() {}

  static Stream<Arguments> all() {
    return Stream.concat(aboutTasks(), aboutExecutions());
  }

  private static Stream<Arguments> aboutTasks() {
    return Stream.of(
        mishap(
            "no loss",
            "an accepted task is gone",
            story -> story.remove(FinalTask.class, task -> task.token().equals("a"))),
        mishap(
            "no loss",
            "an accepted task never ends",
            story ->
                story.replace(
                    FinalTask.class,
                    task -> task.token().equals("a"),
                    task -> Story.task("a", "QUEUED", 1))),
        mishap(
            "unknown is binary",
            "a task of unknown outcome never ends",
            story -> story.add(Story.task("unknown", "QUEUED", 0))),
        mishap(
            "unknown is binary",
            "half of a batch is gone",
            story -> story.remove(FinalTask.class, task -> task.token().equals("b2"))),
        mishap(
            "no phantom",
            "there is a task that nobody submitted",
            story -> story.add(Story.task("nobody", "SUCCEEDED", 1))),
        mishap(
            "refused is refused",
            "a refused task is there",
            story -> story.over("refused", "SUCCEEDED", 1)),
        mishap(
            "idempotency",
            "a repeated submission made a second task",
            story -> {
              story.submit(Kind.REPLAY, "a", Outcome.OK, 202, "id-a2");
              story.add(
                  new FinalTask(
                      "id-a2",
                      "a",
                      "chaos.quick",
                      "SUCCEEDED",
                      1,
                      3,
                      0,
                      0,
                      "",
                      false,
                      "",
                      0,
                      "",
                      ""));
            }),
        mishap(
            "idempotency",
            "another task was accepted with the same key",
            story -> story.submit(Kind.CONFLICT, "other", Outcome.OK, 202, "id-a")),
        mishap(
            "legal moves",
            "an attempt is missing",
            story ->
                story.replace(
                    TaskHistory.class,
                    past -> past.task().equals("id-retried"),
                    past ->
                        new TaskHistory(
                            past.task(), past.events(), past.attempts().subList(1, 2), List.of()))),
        mishap(
            "legal moves",
            "an event follows the end",
            story ->
                story.replace(
                    TaskHistory.class,
                    past -> past.task().equals("id-retried"),
                    past ->
                        new TaskHistory(
                            past.task(), past.events().reversed(), past.attempts(), List.of()))),
        mishap(
            "attempts bounded",
            "a task failed without a reason",
            story ->
                story.replace(
                    FinalTask.class,
                    task -> task.token().equals("broken"),
                    task ->
                        new FinalTask(
                            task.id(),
                            task.token(),
                            task.type(),
                            "FAILED",
                            3,
                            3,
                            0,
                            0,
                            "",
                            false,
                            "",
                            0,
                            "",
                            ""))),
        mishap(
            "attempts bounded",
            "a task failed with attempts left",
            story ->
                story.replace(
                    FinalTask.class,
                    task -> task.token().equals("broken"),
                    task ->
                        new FinalTask(
                            task.id(),
                            task.token(),
                            task.type(),
                            "FAILED",
                            2,
                            3,
                            0,
                            0,
                            "why",
                            false,
                            "",
                            0,
                            "",
                            ""))),
        mishap(
            "cancel",
            "a cancelled task succeeded",
            story -> story.add(new Cancellation(1, 2, "id-a", 200, "CANCELLED"))));
  }

  private static Stream<Arguments> aboutExecutions() {
    return Stream.of(
        mishap(
            "no phantom",
            "a handler was given another payload",
            story ->
                story.replace(
                    Execution.class,
                    line -> line.token().equals("a"),
                    line ->
                        new Execution(
                            line.phase(),
                            line.at(),
                            line.task(),
                            line.type(),
                            line.attempt(),
                            line.pid(),
                            line.token(),
                            "other",
                            line.result()))),
        mishap(
            "executed",
            "a task succeeded without a handler",
            story -> story.remove(Execution.class, line -> line.token().equals("a"))),
        mishap(
            "executed",
            "a task has a result that no handler returned",
            story ->
                story.replace(
                    Execution.class,
                    line -> line.phase() == Phase.SUCCESS,
                    line ->
                        new Execution(
                            line.phase(),
                            line.at(),
                            line.task(),
                            line.type(),
                            line.attempt(),
                            line.pid(),
                            line.token(),
                            line.payload(),
                            "other"))),
        mishap(
            "lease fence",
            "one attempt was executed twice",
            story -> story.execute(Phase.START, "a", 1, "")),
        mishap(
            "lease fence",
            "the result of an attempt counts that was overtaken",
            story ->
                story.replace(
                    FinalTask.class,
                    task -> task.token().equals("retried"),
                    task ->
                        new FinalTask(
                            task.id(),
                            task.token(),
                            task.type(),
                            "SUCCEEDED",
                            2,
                            3,
                            0,
                            0,
                            "",
                            false,
                            "result-retried1",
                            1,
                            "retried",
                            "end-retried"))),
        mishap(
            "attempts bounded",
            "a task was executed too often",
            story -> story.execute(Phase.START, "broken", 4, "")),
        mishap(
            "attempts bounded",
            "an attempt succeeded that nobody started",
            story -> story.remove(Execution.class, line -> line.token().equals("a"))),
        mishap(
            "schedule",
            "a task started before its time",
            story ->
                story.replace(
                    Invocation.class,
                    call -> call.orders().getFirst().token().equals("a"),
                    call ->
                        new Invocation(
                            call.call(),
                            call.at(),
                            call.kind(),
                            call.key(),
                            List.of(new Order("a", "chaos.quick", "payload-a", 3, 60_000, true))))),
        mishap(
            "bounded duplicates",
            "everything was done again and again",
            story ->
                IntStream.range(2, 900)
                    .forEach(attempt -> story.execute(Phase.START, "a", attempt, ""))));
  }

  private static Arguments mishap(String invariant, String mishap, Consumer<Story> change) {
    return Arguments.of(invariant, mishap, change);
  }
}

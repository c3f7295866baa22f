package io.legwork.producer.submission;

import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Acceptance.Conflicting;
import io.legwork.ledger.Acceptance.Replayed;
import io.legwork.ledger.QueuedTask;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskIntake;
import io.legwork.task.NewTask;
import io.legwork.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Writes submissions to the ledger and hands what is to be run at once to the dispatch as soon as
 * it is committed, even if those who submitted it do not wait any more. What is not dispatched
 * because the service dies in between is dispatched by the sweeper. Thread-safe.
 */
final class Acceptor {

  private final TaskIntake intake;
  private final Consumer<List<QueuedTask>> dispatcher;
  private final MeterRegistry meters;

  /** Looking a meter up by its name and tags costs more than to count with it. */
  private final Map<Kind, Counter> submitted = new ConcurrentHashMap<>();

  private record Kind(String type, String queue, String outcome) {}

  /**
   * @param dispatcher never blocks and never fails
   */
  Acceptor(TaskIntake intake, Consumer<List<QueuedTask>> dispatcher, MeterRegistry meters) {
    this.intake = intake;
    this.dispatcher = dispatcher;
    this.meters = meters;
  }

  /**
   * Accepts the submissions in one commit.
   *
   * @return one answer for each, in order
   * @throws io.legwork.ledger.LedgerException if nothing was accepted, or nobody knows
   */
  List<Acceptance> accept(List<Submission> submissions) {
    List<Acceptance> answers = intake.accept(submissions);
    List<QueuedTask> queued = new ArrayList<>(submissions.size());
    for (int i = 0; i < answers.size(); i++) {
      NewTask task = submissions.get(i).task();
      count(task, answers.get(i));
      if (answers.get(i) instanceof Accepted accepted && accepted.state() == TaskState.QUEUED) {
        queued.add(queued(task));
      }
    }
    dispatcher.accept(queued);
    return answers;
  }

  private static QueuedTask queued(NewTask task) {
    return new QueuedTask(
        task.id(),
        task.tenant(),
        task.type(),
        task.queue(),
        task.priority(),
        0,
        task.traceparent());
  }

  private void count(NewTask task, Acceptance answer) {
    String outcome =
        switch (answer) {
          case Accepted _ -> "accepted";
          case Replayed _ -> "replayed";
          case Conflicting _ -> "conflicting";
        };
    Kind kind = new Kind(task.type(), task.queue(), outcome);
    submitted.computeIfAbsent(kind, this::register).increment();
  }

  private Counter register(Kind kind) {
    return Counter.builder("legwork.tasks.submitted")
        .description("Submissions by what came of them: a task, or what their key stands for")
        .tag("type", kind.type())
        .tag("queue", kind.queue())
        .tag("outcome", kind.outcome())
        .register(meters);
  }
}

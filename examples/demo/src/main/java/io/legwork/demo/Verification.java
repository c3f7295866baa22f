package io.legwork.demo;

import io.legwork.demo.Submission.Submitted;
import io.legwork.demo.WebhookReceiver.Arrival;
import io.legwork.demo.WorkPlan.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import tools.jackson.databind.node.NullNode;

/** Asks Legwork about every task and compares the answer with the plan. */
final class Verification {

  private static final int AT_ONCE = 8;

  private final LegworkApi api;
  private final WebhookReceiver receiver;

  Verification(LegworkApi api, WebhookReceiver receiver) {
    this.api = api;
    this.receiver = receiver;
  }

  /**
   * What became of a piece of work.
   *
   * @param submitted the work
   * @param task the task as the API shows it
   * @param arrival its webhook, if one came
   * @param line what is worth saying about its result; empty for nothing
   * @param faults what is not as it should be; none if all is well
   */
  record Verdict(
      Submitted submitted, Task task, Optional<Arrival> arrival, String line, List<String> faults) {

    String group() {
      return submitted.piece().group();
    }

    /** From when the task could first be run until it was done, by Legwork's own clock. */
    Duration toDone() {
      return task.duration(submitted.piece().delay());
    }

    /** From when the task could first be run until its webhook was here. */
    Optional<Duration> toWebhook() {
      return arrival.map(it -> Duration.ofNanos(it.nanos() - submitted.dueNanos()));
    }
  }

  /** The verdict on each, in the same order. */
  List<Verdict> judge(List<Submitted> work) {
    return Submission.concurrently(
        AT_ONCE,
        work.stream().map(submitted -> (Callable<Verdict>) () -> judge(submitted)).toList());
  }

  private Verdict judge(Submitted submitted) {
    var task = api.task(submitted.id());
    var arrival = receiver.arrival(submitted.piece().key());
    var faults = new ArrayList<String>();
    var line = judge(submitted.piece(), task, faults);
    judge(submitted, arrival).ifPresent(faults::add);
    return new Verdict(submitted, task, arrival, line, faults);
  }

  private static String judge(Piece piece, Task task, List<String> faults) {
    if (!task.state().equals("SUCCEEDED")) {
      faults.add(task.condition());
      return "";
    }
    if (task.attempts() != piece.attempts()) {
      faults.add("took %d attempts, not %d".formatted(task.attempts(), piece.attempts()));
    }
    try {
      return piece.check().check(task.result() == null ? NullNode.getInstance() : task.result());
    } catch (WrongResultException e) {
      faults.add(e.getMessage());
      return "";
    }
  }

  private static Optional<String> judge(Submitted submitted, Optional<Arrival> arrival) {
    if (arrival.isEmpty()) {
      return Optional.of("its webhook did not arrive");
    }
    if (!arrival.get().taskId().equals(submitted.id())) {
      return Optional.of("its webhook is about task " + arrival.get().taskId());
    }
    if (!arrival.get().event().equals("task.succeeded")) {
      return Optional.of("its webhook says " + arrival.get().event());
    }
    return Optional.empty();
  }
}

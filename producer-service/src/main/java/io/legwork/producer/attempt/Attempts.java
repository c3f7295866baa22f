package io.legwork.producer.attempt;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.Recorded;
import io.legwork.ledger.RunningTasks;
import io.legwork.ledger.RunningTasks.RunningTask;
import io.legwork.ledger.TaskOutcomes;
import io.legwork.ledger.TaskProgress;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.attempt.Report.Ending;
import io.legwork.producer.attempt.Report.Fenced;
import io.legwork.producer.attempt.Report.Progress;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Records what is reported of attempts under way, and refuses what is stale. Thread-safe. */
final class Attempts {

  private static final Duration SHORTEST_SNOOZE = Duration.ofSeconds(1);

  private final RunningTasks running;
  private final TaskOutcomes outcomes;
  private final TaskProgress progress;
  private final EventAnnouncer announcer;
  private final ContentCipher contents;

  Attempts(
      RunningTasks running,
      TaskOutcomes outcomes,
      TaskProgress progress,
      EventAnnouncer announcer,
      ContentCipher contents) {
    this.running = running;
    this.outcomes = outcomes;
    this.progress = progress;
    this.announcer = announcer;
    this.contents = contents;
  }

  /**
   * Ends an attempt; its worker lets go of it within a second.
   *
   * @throws ProblemException if the report is wrong, or the attempt is over
   */
  void end(TaskId task, Fenced<Ending> report) {
    RunningTask attempt = require(task, report);
    AttemptOutcome outcome = outcome(attempt, report.content());
    List<Recorded> recorded =
        announcer.announcing(
            () -> outcomes.record(List.of(outcome)),
            answers -> answers.stream().map(Recorded::event).flatMap(Optional::stream).toList());
    if (recorded.getFirst().refused()) {
      throw stale();
    }
    running.letGo(attempt);
  }

  /**
   * Writes how far an attempt has come; a report that says nothing of that only asks whether the
   * attempt still has its task.
   *
   * @throws ProblemException if the attempt is over
   */
  void progress(TaskId task, Fenced<Progress> report) {
    RunningTask attempt = require(task, report);
    Progress told = report.content();
    ProgressReport written =
        new ProgressReport(
            attempt.id(),
            attempt.attempt(),
            told.stage(),
            kept(attempt, Part.CHECKPOINT, told.checkpoint()));
    if (!progress.record(List.of(written)).getFirst()) {
      throw stale();
    }
  }

  private RunningTask require(TaskId task, Fenced<?> report) {
    return running
        .find(task, report.fencingToken(), report.reportToken())
        .orElseThrow(Attempts::stale);
  }

  private static ProblemException stale() {
    return new ProblemException(
        ProblemType.STALE_ATTEMPT,
        "no attempt of the task with this fencing token and report token is under way");
  }

  private @Nullable KeptJson kept(RunningTask attempt, Part part, @Nullable Json document) {
    return document == null
        ? null
        : contents.keep(attempt.sealed(), part, attempt.id().value(), document);
  }

  private AttemptOutcome outcome(RunningTask attempt, Ending ending) {
    return switch (ending) {
      case Ending.Succeeded(Json result) ->
          new AttemptOutcome.Succeeded(
              attempt.id(), attempt.attempt(), kept(attempt, Part.RESULT, result));
      case Ending.Failed failed -> failed(attempt, failed);
      case Ending.Snoozed(Duration delay) ->
          new AttemptOutcome.Snoozed(attempt.id(), attempt.attempt(), atLeast(delay));
    };
  }

  private static AttemptOutcome failed(RunningTask attempt, Ending.Failed failed) {
    if (failed.permanent() || !attempt.hasAttemptsLeft()) {
      return new AttemptOutcome.Failed(
          attempt.id(), attempt.attempt(), failed.reason(), failed.permanent());
    }
    Duration delay = failed.delay() == null ? backoff(attempt) : failed.delay();
    return new AttemptOutcome.Retried(attempt.id(), attempt.attempt(), failed.reason(), delay);
  }

  private static Duration backoff(RunningTask attempt) {
    return attempt.retry().backoff(attempt.attemptOfRun(), ThreadLocalRandom.current());
  }

  private static Duration atLeast(Duration delay) {
    return delay.compareTo(SHORTEST_SNOOZE) < 0 ? SHORTEST_SNOOZE : delay;
  }
}

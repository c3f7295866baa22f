package io.legwork.producer.submission;

import io.legwork.access.Caller;
import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Acceptance.Conflicting;
import io.legwork.ledger.Acceptance.Replayed;
import io.legwork.ledger.IdempotencyKey;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.problems.Pointer;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fairuse.Admission;
import io.legwork.producer.fairuse.FairUse;
import io.legwork.producer.json.CanonicalJson;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.StrictJson;
import io.legwork.producer.query.TaskJson;
import io.legwork.producer.waiting.Preferences;
import io.legwork.producer.waiting.WaitingRoom;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accepts one task. */
@RestController
class SubmissionController {

  private final BodyReader bodies;
  private final TaskReader reader;
  private final FairUse fairUse;
  private final Intake intake;
  private final TaskQueries tasks;
  private final WaitingRoom waitingRoom;
  private final CreationSpans spans;

  SubmissionController(
      BodyReader bodies,
      TaskReader reader,
      FairUse fairUse,
      Intake intake,
      TaskQueries tasks,
      WaitingRoom waitingRoom,
      CreationSpans spans) {
    this.bodies = bodies;
    this.reader = reader;
    this.fairUse = fairUse;
    this.intake = intake;
    this.tasks = tasks;
    this.waitingRoom = waitingRoom;
    this.spans = spans;
  }

  @PostMapping(path = "/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> submit(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    Preferences preferences =
        Preferences.of(Collections.list(request.getHeaders(Preferences.HEADER)));
    Origin origin = Origin.of(caller, request);
    TaskView task;
    boolean replayed;
    Admission admission;
    try (Body body = bodies.read(request, TaskReader.MAX_SIZE)) {
      Submission submission = read(body, origin);
      admission = fairUse.admit(caller, 1, body.bytes().length);
      Acceptance acceptance = intake.accept(submission);
      spans.answered(origin, submission.task(), acceptance);
      replayed = acceptance instanceof Replayed;
      task = task(submission, acceptance);
    }
    TaskView shown = preferences.waits() ? awaited(task, preferences) : task;
    return answer(shown, replayed, preferences, admission);
  }

  private Submission read(Body body, Origin origin) {
    JsonDocument document = StrictJson.read(body.bytes(), TaskReader.SINGLE);
    NewTask task = reader.read(document, document.root(), Pointer.ROOT, origin);
    IdempotencyKey key =
        origin.key() == null
            ? null
            : new IdempotencyKey(origin.key(), CanonicalJson.fingerprint(document.text()));
    return new Submission(task, key);
  }

  private TaskView task(Submission submission, Acceptance acceptance) {
    return switch (acceptance) {
      case Accepted accepted -> AcceptedTask.view(submission.task(), accepted);
      case Replayed(TaskId earlier) -> require(submission.task().tenant(), earlier);
      case Conflicting(TaskId _) ->
          throw new ProblemException(
              ProblemType.IDEMPOTENCY_KEY_REUSED, "the key belongs to a task with another body");
    };
  }

  private TaskView require(String tenant, TaskId task) {
    return tasks
        .find(tenant, task)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.TASK_NOT_FOUND,
                "the task that was submitted with this key is gone: its retention is over"));
  }

  private TaskView awaited(TaskView task, Preferences preferences) {
    return task.state().isTerminal()
        ? task
        : waitingRoom.awaitEnd(task.tenant(), task.id(), preferences.patience()).orElse(task);
  }

  private static ResponseEntity<byte[]> answer(
      TaskView task, boolean replayed, Preferences preferences, Admission admission) {
    boolean finished = preferences.waits() && task.state().isTerminal();
    var answer =
        ResponseEntity.status(finished ? HttpStatus.OK : HttpStatus.ACCEPTED)
            .headers(admission.headers())
            .header(HttpHeaders.LOCATION, location(task.id()))
            .header(HttpHeaders.VARY, Preferences.HEADER)
            .cacheControl(CacheControl.noStore());
    preferences.applied().ifPresent(applied -> answer.header(Preferences.APPLIED, applied));
    if (replayed) {
      answer.header(IdempotencyHeader.REPLAYED, "true");
    }
    return answer.body(TaskJson.task(task));
  }

  /** Where the task is to be found: relative, so that no header of the request can forge it. */
  static String location(TaskId task) {
    return "/v1/tasks/" + task;
  }
}

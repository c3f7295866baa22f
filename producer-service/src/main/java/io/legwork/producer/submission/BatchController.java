package io.legwork.producer.submission;

import io.legwork.access.Caller;
import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Acceptance.Conflicting;
import io.legwork.ledger.Acceptance.Replayed;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fairuse.Admission;
import io.legwork.producer.fairuse.FairUse;
import io.legwork.producer.submission.BatchItem.Refused;
import io.legwork.producer.submission.BatchItem.Taken;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accepts many tasks in one commit. */
@RestController
class BatchController {

  private static final Logger LOG = LoggerFactory.getLogger(BatchController.class);

  private final BodyReader bodies;
  private final BatchReader reader;
  private final FairUse fairUse;
  private final Intake intake;
  private final CreationSpans spans;

  BatchController(
      BodyReader bodies, BatchReader reader, FairUse fairUse, Intake intake, CreationSpans spans) {
    this.bodies = bodies;
    this.reader = reader;
    this.fairUse = fairUse;
    this.intake = intake;
    this.spans = spans;
  }

  @PostMapping(path = "/v1/tasks/batch", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> submit(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    Origin origin = Origin.of(caller, request);
    try (Body body = bodies.read(request, BatchReader.MAX_SIZE)) {
      Batch batch = reader.read(body.bytes(), origin);
      int tasks = batch.submissions().size();
      Admission admission = fairUse.admit(caller, tasks, body.bytes().length);
      List<CompletableFuture<Acceptance>> answers = intake.acceptAll(batch.submissions());
      trace(origin, batch, answers);
      List<BatchItem> items = settled(batch, answers);
      return ResponseEntity.ok()
          .headers(admission.headers())
          .cacheControl(CacheControl.noStore())
          .body(BatchJson.write(items));
    }
  }

  private void trace(Origin origin, Batch batch, List<CompletableFuture<Acceptance>> answers) {
    if (origin.request() == null) {
      return;
    }
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).isCompletedExceptionally()) {
        spans.answered(origin, batch.submissions().get(i).task(), answers.get(i).resultNow());
      }
    }
  }

  private static List<BatchItem> settled(
      Batch batch, List<CompletableFuture<Acceptance>> acceptances) {
    Iterator<CompletableFuture<Acceptance>> next = acceptances.iterator();
    List<BatchItem> items = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Problem refusal = batch.refusals().get(i);
      items.add(refusal == null ? settled(next.next()) : new Refused(refusal));
    }
    return items;
  }

  private static BatchItem settled(CompletableFuture<Acceptance> answer) {
    if (answer.isCompletedExceptionally()) {
      LOG.error(
          "submission.failed: the ledger refused a task that was valid", answer.exceptionNow());
      return new Refused(
          Problem.of(
              ProblemType.INTERNAL_ERROR, "the task could not be written; it is not stored"));
    }
    return switch (answer.resultNow()) {
      case Accepted accepted -> new Taken(accepted.task(), false);
      case Replayed(TaskId task) -> new Taken(task, true);
      case Conflicting(TaskId _) ->
          new Refused(
              Problem.of(
                  ProblemType.IDEMPOTENCY_KEY_REUSED,
                  "the key belongs to a batch with another task in this place"));
    };
  }
}

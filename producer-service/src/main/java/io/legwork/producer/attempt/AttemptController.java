package io.legwork.producer.attempt;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiConsumer;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what is reported of an attempt; {@code id} is the task's. Who has its report token was
 * given the attempt, whatever its tenant, and needs no key.
 */
@RestController
@RequestMapping(path = "/v1/attempts", produces = MediaType.APPLICATION_JSON_VALUE)
class AttemptController {

  /** The largest result, and some room for what is around it. */
  private static final int MAX_SIZE = 1024 * 1024 + 4096;

  private final BodyReader bodies;
  private final Attempts attempts;

  AttemptController(BodyReader bodies, Attempts attempts) {
    this.bodies = bodies;
    this.attempts = attempts;
  }

  @PostMapping("/{id}/outcome")
  ResponseEntity<Void> outcome(@PathVariable String id, HttpServletRequest request) {
    return taken(id, request, (task, body) -> attempts.end(task, Report.ending(body)));
  }

  @PostMapping("/{id}/progress")
  ResponseEntity<Void> progress(@PathVariable String id, HttpServletRequest request) {
    return taken(id, request, (task, body) -> attempts.progress(task, Report.progress(body)));
  }

  /** A sign of life: a progress report that need not say anything. */
  @PostMapping("/{id}/heartbeat")
  ResponseEntity<Void> heartbeat(@PathVariable String id, HttpServletRequest request) {
    return progress(id, request);
  }

  private ResponseEntity<Void> taken(
      String id, HttpServletRequest request, BiConsumer<TaskId, byte[]> work) {
    TaskId task =
        TaskId.parse(id)
            .orElseThrow(() ->
                new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
    try (Body body = bodies.read(request, MAX_SIZE)) {
      work.accept(task, body.bytes());
    }
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }
}

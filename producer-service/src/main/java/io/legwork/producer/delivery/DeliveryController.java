package io.legwork.producer.delivery;

import io.legwork.access.Caller;
import io.legwork.ledger.DeliveryQueries;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers questions about the deliveries of a task. */
@RestController
class DeliveryController {

  private final TaskQueries tasks;
  private final DeliveryQueries deliveries;

  DeliveryController(TaskQueries tasks, DeliveryQueries deliveries) {
    this.tasks = tasks;
    this.deliveries = deliveries;
  }

  @GetMapping(path = "/v1/tasks/{id}/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> deliveries(
      @PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .body(DeliveryJson.deliveries(deliveries.ofTask(caller.tenant(), require(caller, id))));
  }

  private TaskId require(Caller caller, String id) {
    return TaskId.parse(id)
        .flatMap(task -> tasks.find(caller.tenant(), task))
        .filter(task -> caller.scope().covers(task.type(), task.queue()))
        .map(TaskView::id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
  }
}

package io.legwork.producer.operation;

import io.legwork.access.Caller;
import io.legwork.ledger.TaskView;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.query.ListParameters;
import io.legwork.producer.query.TaskJson;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancels tasks and starts them anew. Bodies are not read. */
@RestController
@RequestMapping(path = "/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
class OperationController {

  private final Operations operations;

  OperationController(Operations operations) {
    this.operations = operations;
  }

  @PostMapping("/{id}/cancel")
  ResponseEntity<byte[]> cancel(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return answer(operations.cancel(caller, parse(id)));
  }

  @PostMapping("/{id}/redrive")
  ResponseEntity<byte[]> redrive(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return answer(operations.redrive(caller, parse(id)));
  }

  @PostMapping("/redrive")
  ResponseEntity<Redriven> redriveAll(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    ListParameters parameters = RedriveParameters.read(caller, request.getParameterMap());
    Redriven redriven = operations.redrive(parameters.filter(), parameters.limit());
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(redriven);
  }

  private static TaskId parse(String id) {
    return TaskId.parse(id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
  }

  private static ResponseEntity<byte[]> answer(TaskView task) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TaskJson.task(task));
  }
}

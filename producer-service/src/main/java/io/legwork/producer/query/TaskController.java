package io.legwork.producer.query;

import io.legwork.access.Caller;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.waiting.Preferences;
import io.legwork.producer.waiting.WaitingRoom;
import io.legwork.producer.web.Page;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers questions about tasks. */
@RestController
@RequestMapping(path = "/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
class TaskController {

  private final TaskQueries tasks;
  private final EventLog events;
  private final TaskAttempts attempts;
  private final WaitingRoom waitingRoom;

  TaskController(
      TaskQueries tasks, EventLog events, TaskAttempts attempts, WaitingRoom waitingRoom) {
    this.tasks = tasks;
    this.events = events;
    this.attempts = attempts;
    this.waitingRoom = waitingRoom;
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> task(
      @PathVariable String id,
      @AuthenticationPrincipal Caller caller,
      @RequestHeader(name = Preferences.HEADER, required = false) @Nullable List<String> prefer) {
    Preferences preferences = Preferences.of(prefer == null ? List.of() : prefer);
    TaskView task = require(caller, id);
    if (preferences.waits() && !task.state().isTerminal()) {
      task =
          waitingRoom
              .awaitEnd(task.tenant(), task.id(), preferences.patience())
              .orElseGet(() -> require(caller, id));
    }
    byte[] body = TaskJson.task(task);
    var answer =
        ResponseEntity.ok()
            .eTag(DigestUtils.md5DigestAsHex(body))
            .cacheControl(CacheControl.noCache())
            .header(HttpHeaders.VARY, Preferences.HEADER);
    preferences.applied().ifPresent(applied -> answer.header(Preferences.APPLIED, applied));
    return answer.body(body);
  }

  @GetMapping
  ResponseEntity<byte[]> list(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    ListParameters parameters = ListParameters.read(caller, request.getParameterMap());
    List<TaskView> found = tasks.list(parameters.filter(), parameters.limit() + 1);
    return fresh(
        TaskJson.tasks(
            Page.of(
                found, parameters.limit(), last -> Cursor.after(last.id(), parameters.filters()))));
  }

  @GetMapping("/{id}/events")
  ResponseEntity<byte[]> events(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return fresh(TaskJson.events(events.ofTask(caller.tenant(), require(caller, id).id())));
  }

  @GetMapping("/{id}/attempts")
  ResponseEntity<byte[]> attempts(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return fresh(TaskJson.attempts(attempts.of(caller.tenant(), require(caller, id).id())));
  }

  private TaskView require(Caller caller, String id) {
    return TaskId.parse(id)
        .flatMap(task -> tasks.find(caller.tenant(), task))
        .filter(task -> caller.scope().covers(task.type(), task.queue()))
        .orElseThrow(
            () -> new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
  }

  private static ResponseEntity<byte[]> fresh(byte[] body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(body);
  }
}

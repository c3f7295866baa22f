package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AnnouncedTask;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.TaskView.Failure;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventDataTest {

  private static final TaskId TASK =
      new TaskId(UUID.fromString("01990000-0000-7000-8000-000000000001"));
  private static final Instant SUBMITTED = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant STARTED = Instant.parse("2026-11-20T10:00:01Z");
  private static final Instant FINISHED = Instant.parse("2026-11-20T10:00:02.500Z");

  @Test
  void tellsTheResultAsItIs() {
    Json result = Json.of("{\"width\": 320, \"big\":12345678901234567890.10}");

    Json body =
        EventData.of(event(EventKind.SUCCEEDED, null), task(TaskState.SUCCEEDED, null), result);

    assertThat(body.text())
        .isEqualTo(
            """
            {"id":"01990000-0000-7000-8000-000000000001","tenant":"default","type":"image.thumbnail",\
            "queue":"default","state":"SUCCEEDED","attempts":2,"submittedAt":"2026-11-20T10:00:00Z",\
            "startedAt":"2026-11-20T10:00:01Z","finishedAt":"2026-11-20T10:00:02.500Z",\
            "result":{"width": 320, "big":12345678901234567890.10},\
            "url":"/v1/tasks/01990000-0000-7000-8000-000000000001"}\
            """);
  }

  @Test
  void leavesOutAResultThatWasTooLargeToRead() {
    Json body =
        EventData.of(event(EventKind.SUCCEEDED, null), task(TaskState.SUCCEEDED, null), null);

    assertThat(body.text()).doesNotContain("\"result\"").contains("\"url\":\"/v1/tasks/" + TASK);
  }

  @Test
  void tellsWhatWentWrong() {
    Json body =
        EventData.of(
            event(EventKind.FAILED, "no \"such\" file"),
            task(TaskState.FAILED, new Failure("no \"such\" file", true)),
            null);

    assertThat(body.text())
        .contains(
            """
            "state":"FAILED","attempts":2,\
            """,
            """
            "error":{"reason":"no \\"such\\" file","permanent":true,"attempt":2,\
            "at":"2026-11-20T10:00:02.500Z"}\
            """);
  }

  @Test
  void tellsTheEventOfATaskThatWasStartedAnew() {
    Json body =
        EventData.of(
            event(EventKind.FAILED, "first"),
            task(TaskState.SUCCEEDED, null),
            Json.of("\"second\""));

    assertThat(body.text())
        .contains("\"state\":\"FAILED\"", "\"reason\":\"first\"")
        .doesNotContain("second");
  }

  private static TaskEvent event(EventKind kind, @Nullable String reason) {
    return new TaskEvent(
        7,
        UUID.randomUUID(),
        kind,
        "default",
        TASK,
        "image.thumbnail",
        "default",
        1,
        2,
        FINISHED,
        true,
        reason);
  }

  private static AnnouncedTask task(TaskState state, @Nullable Failure failure) {
    return new AnnouncedTask(
        TASK,
        "default",
        new DeliveryTarget("http://localhost/", null),
        List.of(),
        null,
        SUBMITTED,
        STARTED,
        state,
        null,
        failure);
  }
}

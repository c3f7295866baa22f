package io.legwork.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.subscription.BodyFormat;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContentTest {

  private static final UUID ID = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final Notification SUCCEEDED =
      new Notification(
          ID,
          7,
          "task.succeeded",
          "default",
          new TaskId(ID),
          "task-1",
          Instant.parse("2026-11-20T10:00:02.500Z"),
          Json.of("{\"n\":12345678901234567890.10}"),
          null,
          false);
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void writesTheBodyOfStandardWebhooks() {
    Content content = Content.of(SUCCEEDED, BodyFormat.STANDARD);

    assertThat(content.headers())
        .containsExactly(java.util.Map.entry("content-type", "application/json"));
    assertThat(content.body().text())
        .isEqualTo(
            """
            {"type":"task.succeeded","timestamp":"2026-11-20T10:00:02.500Z",\
            "data":{"n":12345678901234567890.10}}\
            """);
  }

  @Test
  void writesAStructuredCloudEvent() {
    Content content = Content.of(SUCCEEDED, BodyFormat.CLOUDEVENTS);

    assertThat(content.headers())
        .containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
    assertThat(content.body().text())
        .isEqualTo(
            """
            {"specversion":"1.0","id":"01990000-0000-7000-8000-000000000001","source":"/legwork",\
            "type":"io.legwork.task.succeeded.v1","subject":"task-1",\
            "time":"2026-11-20T10:00:02.500Z","sequence":"0000000000000000007",\
            "datacontenttype":"application/json","data":{"n":12345678901234567890.10}}\
            """);
  }

  @Test
  void belongsToTheTraceOfItsTask() {
    Notification traced = inTrace(SUCCEEDED);

    assertThat(Content.of(traced, BodyFormat.STANDARD))
        .satisfies(it -> assertThat(it.headers()).containsEntry("traceparent", TRACE))
        .satisfies(it -> assertThat(it.body().text()).doesNotContain(TRACE));
    assertThat(Content.of(traced, BodyFormat.CLOUDEVENTS))
        .satisfies(it -> assertThat(it.headers()).containsEntry("traceparent", TRACE))
        .satisfies(
            it -> assertThat(it.body().text()).contains("\"traceparent\":\"%s\"".formatted(TRACE)));
    assertThat(Content.of(traced, BodyFormat.CLOUDEVENTS_BINARY).headers())
        .containsEntry("traceparent", TRACE)
        .containsEntry("ce-traceparent", TRACE);
  }

  private static Notification inTrace(Notification it) {
    return new Notification(
        it.id(),
        it.sequence(),
        it.type(),
        it.tenant(),
        it.task(),
        it.subject(),
        it.at(),
        it.data(),
        TRACE,
        it.confidential());
  }

  @Test
  void writesABinaryCloudEvent() {
    Content content = Content.of(SUCCEEDED, BodyFormat.CLOUDEVENTS_BINARY);

    assertThat(content.body()).isEqualTo(SUCCEEDED.data());
    assertThat(content.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-id", ID.toString())
        .containsEntry("ce-type", "io.legwork.task.succeeded.v1")
        .containsEntry("ce-source", "/legwork")
        .doesNotContainKey("ce-datacontenttype");
  }
}

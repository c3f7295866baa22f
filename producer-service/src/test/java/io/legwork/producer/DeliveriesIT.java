package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryOutcome;
import io.legwork.ledger.DeliveryOutcomes;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.NewDelivery;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.secrets.ContentCipher;
import io.legwork.subscription.BodyFormat;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DeliveriesIT {

  private static final UUID NOTIFIER = UUID.randomUUID();
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private final ProducerUnderTest producer = ProducerUnderTest.shared();

  @Test
  void tellsToWhomATaskWasAnnouncedAndHowTheyTookIt() {
    String task = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");
    UUID event = UUID.randomUUID();
    UUID delivery = deliver(task, event);
    attempt(
        delivery,
        DeliveryState.PENDING,
        new DeliveryAttempt(
            AT,
            Duration.ofMillis(12),
            503,
            "503 is not a success",
            "POST http://localhost:1/hook",
            "503",
            "later"));

    Answer answer = producer.get("/v1/tasks/" + task + "/deliveries");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("items").toString())
        .contains(
            "\"id\":\"%s\",\"event\":\"%s\",\"type\":\"task.succeeded\"".formatted(delivery, event),
            "\"url\":\"http://localhost:1/hook\",\"state\":\"PENDING\"",
            """
            "attemptCount":1,"attempts":[{"number":1,"at":"2026-11-20T10:00:00Z",\
            "durationMillis":12,"status":503,"error":"503 is not a success",\
            "request":"POST http://localhost:1/hook","responseHead":"503","response":"later"}]\
            """)
        .doesNotContain("sealed");
    new ApiDescription(producer.get("/openapi").body())
        .expectConforming("DeliveryList", answer.body());
  }

  @Test
  void hasNothingToTellOfATaskWithoutCallback() {
    String task = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");

    assertThat(producer.get("/v1/tasks/" + task + "/deliveries").body().path("items").isEmpty())
        .isTrue();
  }

  @Test
  void knowsNothingOfUnknownTasks() {
    Answer answer = producer.get("/v1/tasks/" + UUID.randomUUID() + "/deliveries");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("code")).isEqualTo("task-not-found");
  }

  private UUID deliver(String task, UUID event) {
    Notification notification =
        Notification.of(
            new TaskEvent(
                1,
                event,
                EventKind.SUCCEEDED,
                "default",
                TaskId.parse(task).orElseThrow(),
                "echo",
                "default",
                1,
                1,
                AT,
                true,
                null),
            Json.of("{}"),
            false);
    NewDelivery delivery =
        new NewDelivery(
            notification,
            NewDelivery.CALLBACK,
            new DeliveryTarget("http://localhost:1/hook", "sealed"),
            "localhost:1",
            Content.of(notification, BodyFormat.STANDARD),
            true,
            Duration.ZERO);
    new DeliveryIntake(producer.bean(DataSource.class), NOTIFIER, ContentCipher.NONE)
        .create(List.of(delivery), Duration.ofMinutes(1));
    return delivery.id();
  }

  private void attempt(UUID delivery, DeliveryState state, DeliveryAttempt attempt) {
    new DeliveryOutcomes(producer.bean(DataSource.class), NOTIFIER)
        .record(List.of(new DeliveryOutcome(delivery, state, Duration.ofHours(1), attempt)));
  }
}

package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.only;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryView;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.notifier.delivery.Receiver.Request;
import io.legwork.task.Callback;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIT {

  private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIsIDMyIGI=";

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static TestNotifier notifier;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.webhooks.schedule=300ms,300ms,300ms",
            "legwork.webhooks.timeout=1s",
            "legwork.webhooks.poll-interval=100ms",
            "legwork.events.patience=2s",
            "legwork.webhooks.concurrency-per-endpoint=2");
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void deliversASignedWebhookOnceTheTaskIsOver() throws Exception {
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), Json.of("{\"name\":\"Zoë ☕\"}"));

    Request request = receiver.next();

    new Webhook(SECRET).verify(request.body(), request.headers());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("user-agent")).startsWith("Legwork");
    assertThat(request.body())
        .contains("\"type\":\"task.succeeded\"", event.task().toString(), "Zoë ☕");
    DeliveryView delivery = settled(notifier, event.task());
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.event()).isEqualTo(event.id());
    assertThat(delivery.attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(204));
  }

  @Test
  void deliversAnEventOnceWhoseMessageWasLost() throws Exception {
    TaskId task = notifier.accept(receiver.callback(SECRET));
    TaskEvent event = notifier.record(new AttemptOutcome.Succeeded(task, 1, null));

    assertThat(receiver.next().header("webhook-id")).isEqualTo(event.id().toString());
    settled(notifier, task);

    notifier.announce(event);
    notifier.succeed(receiver.callback(SECRET), null);
    assertThat(receiver.next().header("webhook-id")).isNotEqualTo(event.id().toString());
    assertThat(notifier.deliveries(task)).hasSize(1);
  }

  @Test
  void signsWithTheServicesOwnSecretWhereTheCallbackNamesNone() throws Exception {
    notifier.succeed(receiver.callback(null), null);

    Request request = receiver.next();

    new Webhook(TestNotifier.OWN_SECRET).verify(request.body(), request.headers());
  }

  @Test
  void repeatsWhatFailedWithTheSameIdAndBody() throws Exception {
    receiver.replying(new Reply(500, Map.of(), "out of \0 order"), Reply.of(429));
    TaskId task = notifier.accept("report.render", receiver.callback(SECRET), TRACE);
    KeptJson result = KeptJson.plain(Json.of("[1,2]"));
    TaskEvent event = notifier.record(new AttemptOutcome.Succeeded(task, 1, result));
    notifier.announce(event);

    List<Request> requests = List.of(receiver.next(), receiver.next(), receiver.next());

    for (Request request : requests) {
      new Webhook(SECRET).verify(request.body(), request.headers());
    }
    assertThat(requests).extracting(Request::body).containsOnly(requests.getFirst().body());
    assertThat(requests)
        .extracting(request -> request.header("webhook-id"))
        .containsOnly(event.id().toString());
    assertThat(requests).extracting(request -> request.header("traceparent")).containsOnly(TRACE);
    DeliveryView delivery = settled(notifier, event.task());
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.attempts())
        .extracting(DeliveryAttempt::status)
        .containsExactly(500, 429, 204);
    assertThat(delivery.attempts().getFirst().response()).isEqualTo("out of  order");
    assertThat(delivery.attempts().getFirst().error()).isEqualTo("500 is not a success");
  }

  @Test
  void givesUpWhenTheScheduleIsUsedUp() throws Exception {
    receiver.replying(Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500));

    DeliveryView delivery =
        settled(notifier, notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(delivery.attempts()).hasSize(4);
  }

  @Test
  void stopsWhenTheReceiverIsGoneForGood() {
    receiver.replying(Reply.of(410));

    DeliveryView delivery =
        settled(notifier, notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.DISABLED);
    assertThat(delivery.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) throws Exception {
    try (Receiver elsewhere = new Receiver()) {
      String location = elsewhere.callback(null).url().toString();
      receiver.replying(new Reply(status, Map.of("Location", location), ""));

      DeliveryView delivery =
          settled(notifier, notifier.succeed(receiver.callback(SECRET), null).task());

      assertThat(elsewhere.waiting()).isZero();
      assertThat(delivery.attempts())
          .extracting(DeliveryAttempt::error)
          .containsExactly(status + ": redirects are not followed", null);
    }
  }

  @Test
  void waitsAsLongAsTheReceiverAsksFor() throws Exception {
    receiver.replying(new Reply(503, Map.of("Retry-After", "2"), ""));
    notifier.succeed(receiver.callback(SECRET), null);

    Request first = receiver.next();
    Request second = receiver.next();

    assertThat(Duration.ofNanos(second.nanos() - first.nanos()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
  }

  @Test
  void countsAReceiverThatDoesNotAnswerAsFailed() throws Exception {
    receiver.silent();
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);

    eventually()
        .untilAsserted(() ->
            assertThat(only(notifier, event.task()).attempts())
                .first()
                .satisfies(attempt -> {
                  assertThat(attempt.status()).isNull();
                  assertThat(attempt.error()).isEqualTo("no answer within 1000 ms");
                }));
  }

  @Test
  void countsAReceiverThatIsNotThereAsFailed() {
    Callback nobody = receiver.callback(SECRET);
    receiver.close();

    DeliveryView delivery = settled(notifier, notifier.succeed(nobody, null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(delivery.attempts().getFirst().error())
        .isEqualTo("no connection: the port is closed or the host is unreachable");
  }

  @Test
  void keepsOnlyTheBeginningOfALongAnswer() {
    receiver.replying(new Reply(200, Map.of(), "x".repeat(300_000)));

    DeliveryView delivery =
        settled(notifier, notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.attempts().getFirst().response()).isEqualTo("x".repeat(4096));
  }

  @Test
  void countsWhatItDelivers() throws Exception {
    settled(notifier, notifier.succeed(receiver.callback(SECRET), null).task());

    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        notifier.uri("local.management.port", "/actuator/prometheus"))
                    .build(),
                BodyHandlers.ofString())
            .body();

    assertThat(metrics)
        .contains(
            "legwork_deliveries_total{channel=\"webhook\",outcome=\"delivered\"}",
            "legwork_sse_streams 0");
  }
}

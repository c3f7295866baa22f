package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.local.BrokerAccess;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Request;
import io.legwork.outbound.Signer;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.Subscription;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What programs in another language make of webhooks and events. */
@Timeout(240)
class NodeIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int WEBHOOKS = 20;

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier = new TestNotifier("legwork.webhooks.poll-interval=100ms");
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void referenceLibraryVerifiesEverySignatureAlsoDuringARotation() throws Exception {
    NodePackage verifier = NodePackage.install(Path.of("src", "test", "node"));
    Subscribers subscribers = new Subscribers(notifier);
    List<String> lines = new ArrayList<>();
    try (Receiver receiver = new Receiver()) {
      Subscription subscription = subscribers.webhook(receiver, "verified");
      String first = String.valueOf(subscription.keys().current());
      for (int i = 0; i < WEBHOOKS; i++) {
        succeed(i);
        lines.add(line(first, receiver.next()));
      }
      SigningKeys second = SigningKeys.symmetric(new SecureRandom());
      subscribers.ledger().rotate(subscription.id(), "default", second, Duration.ofHours(1));
      for (int i = 0; i < WEBHOOKS; i++) {
        succeed(i);
        Request request = receiver.next();
        lines.add(line(first, request));
        lines.add(line(second.signing(), request));
      }
      lines.addAll(forged(second.signing(), read(lines.getLast())));
    }

    Process process = verifier.start(Map.of(), "verify.mjs");
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(String.join("\n", lines) + "\n");
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> answers = Files.readAllLines(verifier.output());
    assertThat(answers.subList(0, 3 * WEBHOOKS)).containsOnly("verified");
    assertThat(answers.subList(3 * WEBHOOKS, answers.size()))
        .hasSize(3)
        .allSatisfy(answer -> assertThat(answer).startsWith("refused"));
    assertThat(answers.getLast()).contains("too old");
  }

  /** Signed for somebody else, with one more blank, and sent again after six minutes. */
  private static List<String> forged(String secret, Request request) {
    String id = request.header("webhook-id");
    long sixMinutesAgo = Instant.now().minusSeconds(360).getEpochSecond();
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    Map<String, List<String>> late = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    late.putAll(request.headers());
    late.put("webhook-timestamp", List.of(Long.toString(sixMinutesAgo)));
    late.put("webhook-signature", List.of(Signer.parse(secret).sign(id, sixMinutesAgo, body)));
    return List.of(
        line(SigningKeys.symmetric(new SecureRandom()).signing(), request),
        line(secret, new Request("POST", request.headers(), request.body() + " ", 0)),
        line(secret, new Request("POST", late, request.body(), 0)));
  }

  /** The request of a line. */
  private static Request read(String line) {
    var latest = JSON.readTree(line);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    latest
        .path("headers")
        .forEachEntry((name, value) -> headers.put(name, List.of(value.asString())));
    return new Request("POST", headers, latest.path("body").asString(), 0);
  }

  private static String line(String secret, Request request) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    return JSON.writeValueAsString(
        Map.of("secret", secret, "headers", headers, "body", request.body()));
  }

  private static TaskEvent succeed(int i) {
    KeptJson result = KeptJson.plain(Json.of("{\"name\":\"Zoë ☕\",\"n\":%d}".formatted(i)));
    TaskEvent event =
        notifier.record(new AttemptOutcome.Succeeded(notifier.accept("verified", null), 1, result));
    notifier.announce(event);
    return event;
  }

  @Test
  void exampleConsumerIsToldOfEvents() throws Exception {
    NodePackage example = NodePackage.install(Path.of("..", "examples", "events-node"));
    Process consumer = example.start(Map.of("AMQP_URL", url(notifier.broker())), "consumer.mjs");
    try {
      eventually().until(() -> Files.readString(example.output()).contains("consuming"));

      TaskEvent event = notifier.succeed(null, null);

      eventually()
          .untilAsserted(() ->
              assertThat(Files.readString(example.output()))
                  .contains("io.legwork.task.succeeded.v1 " + event.task() + " report.render"));
    } finally {
      consumer.destroy();
    }
    assertThat(consumer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(consumer.exitValue()).as(Files.readString(example.output())).isZero();
  }

  private static String url(BrokerAccess broker) {
    return "amqp://%s:%s@%s:%d/%s"
        .formatted(
            encoded(broker.username()),
            encoded(broker.password()),
            broker.host(),
            broker.port(),
            encoded(broker.virtualHost()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.service.RunKey;
import io.legwork.system.TestServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants secrets wherever somebody may leave one, lets things go well and wrong with them, and
 * looks for them where they do not belong. It comes last, so that it sees the logs of all other
 * tests.
 */
@Order(Integer.MAX_VALUE)
class SecretsIT {

  private static final Path LOGS = Path.of("target", "legwork");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  /** What must be nowhere, by what it is. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  @Test
  void staySecret() throws Exception {
    String callbackSecret =
        "whsec_"
            + Base64.getEncoder()
                .encodeToString(
                    "canary of a callback, 32 bytes!!".getBytes(StandardCharsets.UTF_8));
    secrets.put("secret of a callback", callbackSecret);
    secrets.put("header of a subscription", "canary-header-4711");
    secrets.put("wrong key", "lw_default_" + "canary".repeat(8));
    String made = madeKey();
    secrets.put("key that was made", made);
    String subscription = madeSubscription();

    useThem(callbackSecret, made);

    requireAbsentFromTheDatabase();
    secrets.put("payload", "canary-payload-4711");
    secrets.put("query of a callback", "canary-query-4711");
    secrets.put("installation's signing secret", Legwork.SIGNING_SECRET);
    secrets.put("key that seals", Legwork.SECRETS_KEY);
    secrets.put("secret of all tests' callbacks", WebhookInbox.SECRET);
    secrets.put("key of the run", RunKey.text());
    secrets.put("password of the database", legwork.database().access().password());
    secrets.put("password of the broker", legwork.broker().access().password());
    requireAbsentFromMetrics();
    requireAbsentFromAnswers(subscription);
    requireAbsentFromLogs();
  }

  private String madeKey() {
    return api.post("/v1/keys", "{\"name\":\"canary\",\"roles\":[\"submit\"]}")
        .expect(201)
        .text("key");
  }

  private String madeSubscription() {
    Answer made =
        api.post(
                "/v1/subscriptions",
                """
                {"name": "canary", "filter": {"types": ["echo"]},
                 "webhook": {"url": "http://127.0.0.1:18099/hook", "headers": {"X-Canary": "%s"}}}
                """
                    .formatted(secrets.get("header of a subscription")))
            .expect(201);
    secrets.put("secret of a subscription", made.text("secret"));
    return made.text("id");
  }

  private void useThem(String callbackSecret, String made) {
    api.get("/v1/tasks", RunKey.HEADER, "Bearer " + secrets.get("wrong key")).expect(401);
    api.post("/v1/tasks", "{\"type\":\"echo\",\"payload\":\"canary-payload-4711\"").expect(400);
    api.post("/v1/tasks", "{\"type\":\"canary-payload-4711\",\"payload\":1}").expect(422);
    try (var inbox = WebhookInbox.answering((n, _) -> Reply.status(n == 1 ? 500 : 204))) {
      var good = aTask("echo", "canary-payload-4711");
      good.putObject("callback")
          .put("url", inbox.url() + "?token=canary-query-4711")
          .put("secret", callbackSecret);
      var bad = aTask("image.thumbnail", Map.of("canary-payload-4711", 1));
      String succeeded =
          api.post("/v1/tasks", good, RunKey.HEADER, "Bearer " + made).expect(202).text("id");
      String failed = api.post("/v1/tasks", bad).text("id");
      api.awaitEnd(succeeded);
      if (!failed.isEmpty()) {
        api.awaitEnd(failed);
      }
      await("repeated webhook").atMost(PATIENCE).until(() -> inbox.messages(succeeded).size() >= 2);
    }
  }

  /** Of what is stored, secrets are sealed or hashed. */
  private void requireAbsentFromTheDatabase() {
    secrets.forEach(legwork::requireNotStored);
  }

  private void requireAbsentFromMetrics() {
    for (ServiceProcess service : legwork.services()) {
      String metrics = service.metrics();
      assertThat(metrics).startsWith("200 ").contains("jvm_memory_used_bytes");
      requireAbsent("the metrics of " + service, metrics);
    }
  }

  /** What was shown once, or never, is not shown again. */
  private void requireAbsentFromAnswers(String subscription) {
    List<JsonNode> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/keys",
            "/v1/subscriptions",
            "/v1/subscriptions/" + subscription,
            "/v1/deliveries",
            "/v1/audit",
            "/v1/types")) {
      answers.add(api.get(path).expect(200).body());
    }
    requireAbsent("answers", JsonMapper.shared().writeValueAsString(answers));
  }

  private void requireAbsentFromLogs() throws IOException {
    try (Stream<Path> files = Files.walk(LOGS)) {
      List<Path> logs = files.filter(Files::isRegularFile).toList();
      assertThat(logs).hasSizeGreaterThan(3);
      for (Path log : logs) {
        requireAbsent(log.toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void requireAbsent(String place, String text) {
    secrets.forEach(
        (what, secret) -> assertThat(text.contains(secret)).as("%s in %s", what, place).isFalse());
  }
}

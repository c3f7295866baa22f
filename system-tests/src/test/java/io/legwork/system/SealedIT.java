package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.local.service.RunKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A tenant whose payloads and results are sealed at rest: callers and receivers of webhooks notice
 * nothing of it, and the database holds nothing that can be read.
 */
class SealedIT {

  private static final String SECRET = "sealed-4711 ☕";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @Test
  void isReadableForCallersOnly() {
    String key = "Bearer " + keyOf(Legwork.SEALED_TENANT);
    try (var inbox = WebhookInbox.open()) {
      var task = aTask("echo", SECRET);
      task.set("callback", inbox.callback());

      String id = api.post("/v1/tasks", task, RunKey.HEADER, key).expect(202).text("id");

      await("webhook").atMost(PATIENCE).until(() -> !inbox.messages(id).isEmpty());
      assertThat(inbox.messages(id).getFirst())
          .satisfies(told -> {
            assertThat(told.valid()).isTrue();
            assertThat(told.body().at("/data/result").asString()).isEqualTo(SECRET);
          });
      Answer done = api.get("/v1/tasks/" + id, RunKey.HEADER, key).expect(200);
      assertThat(done.text("result")).isEqualTo(SECRET);
      legwork.requireNotStored("what was sealed", SECRET);
    }
  }

  @Test
  void findsWhatIsNotSealed() {
    String id = api.post("/v1/tasks", aTask("echo", "plain-4711")).expect(202).text("id");
    api.awaitEnd(id);

    assertThatThrownBy(() -> legwork.requireNotStored("what is plain", "plain-4711"))
        .hasStackTraceContaining("ERROR: what is plain is in ");
  }

  private String keyOf(String tenant) {
    String admin =
        api.post("/v1/tenants", "{\"name\":\"%s\"}".formatted(tenant)).expect(201).text("key");
    return api.post(
            "/v1/keys",
            "{\"name\":\"sealed\",\"roles\":[\"submit\"]}",
            RunKey.HEADER,
            "Bearer " + admin)
        .expect(201)
        .text("key");
  }
}

package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import io.legwork.system.WebhookInbox.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Telling the application, though it may not listen at once. */
class WebhookIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api api = Legwork.shared().api();

  @Test
  void isRepeatedWithTheSameIdUntilItIsTaken() {
    try (var inbox = WebhookInbox.answering((n, request) -> Reply.status(n == 1 ? 500 : 200))) {
      var id = submit(inbox);

      await("second webhook").atMost(PATIENCE).until(() -> inbox.messages(id).size() == 2);
      assertThat(inbox.messages(id)).allMatch(Message::valid);
      assertThat(inbox.messages(id)).extracting(Message::id).doesNotContain("").hasSize(2);
      assertThat(inbox.messages(id).stream().map(Message::id).distinct()).hasSize(1);
      var delivery = awaitDelivery(id, "DELIVERED");
      assertThat(delivery.path("attempts").valueStream().map(a -> a.path("status").asInt()))
          .containsExactly(500, 200);
    }
  }

  @Test
  void isSignedWithTheInstallationsSecretWhereTheCallbackNamesNone() {
    try (var inbox = WebhookInbox.ofTheInstallation()) {
      var task = aTask("echo", 1);
      task.putObject("callback").put("url", inbox.url());
      var id = api.submit(task);

      await("webhook").atMost(PATIENCE).until(() -> inbox.messages(id).size() == 1);
      assertThat(inbox.messages(id)).allMatch(Message::valid);
    }
  }

  @Test
  void stopsWhenTheReceiverSaysItIsGone() {
    try (var inbox = WebhookInbox.answering((n, request) -> Reply.status(410))) {
      var id = submit(inbox);

      assertThat(awaitDelivery(id, "DISABLED").path("attempts")).hasSize(1);
      assertThat(inbox.messages(id)).hasSize(1);
    }
  }

  @Test
  void doesNotFollowRedirections() {
    try (var elsewhere = TestServer.answering(200);
        var inbox =
            WebhookInbox.answering(
                (n, request) -> Reply.status(302).with("Location", elsewhere.url("/")))) {
      var id = submit(inbox);

      await("attempt").atMost(PATIENCE).until(() -> !attempts(id).isEmpty());
      assertThat(attempts(id).getFirst().path("status").asInt()).isEqualTo(302);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  private String submit(WebhookInbox inbox) {
    return api.submit(aTask("echo", 1).set("callback", inbox.callback()));
  }

  private JsonNode awaitDelivery(String id, String state) {
    await("delivery is " + state)
        .atMost(PATIENCE)
        .until(() -> deliveries(id).stream().anyMatch(d -> Api.state(d).equals(state)));
    return deliveries(id).getFirst();
  }

  private List<JsonNode> attempts(String id) {
    return deliveries(id).stream().flatMap(d -> d.path("attempts").valueStream()).toList();
  }

  private List<JsonNode> deliveries(String id) {
    return api.history(id, "deliveries");
  }
}

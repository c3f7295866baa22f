package io.legwork.system;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.legwork.system.TestServer.Reply;
import io.legwork.system.TestServer.Request;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Receives webhooks and verifies them with the reference library of Standard Webhooks. */
final class WebhookInbox implements AutoCloseable {

  static final String SECRET = "whsec_bGVnd29yay1zeXN0ZW0tdGVzdHMtc2VjcmV0ISE=";

  private final TestServer server;
  private final Webhook webhook;

  private WebhookInbox(TestServer server, String secret) {
    this.server = server;
    try {
      this.webhook = new Webhook(secret);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A webhook as it arrived.
   *
   * @param valid whether signature and timestamp are right
   */
  record Message(String id, boolean valid, JsonNode body) {

    String event() {
      return body.path("type").asString("");
    }

    String taskId() {
      return body.path("data").path("id").asString("");
    }
  }

  /** An inbox that accepts everything. */
  static WebhookInbox open() {
    return answering((number, request) -> Reply.status(204));
  }

  static WebhookInbox answering(TestServer.Behaviour behaviour) {
    return new WebhookInbox(TestServer.start(behaviour), SECRET);
  }

  /** An inbox that knows the secret of the installation alone. */
  static WebhookInbox ofTheInstallation() {
    var server = TestServer.start((number, request) -> Reply.status(204));
    return new WebhookInbox(server, Legwork.SIGNING_SECRET);
  }

  /** What a task's callback is set to, so that its webhooks come here. */
  ObjectNode callback() {
    return JsonMapper.shared().createObjectNode().put("url", url()).put("secret", SECRET);
  }

  String url() {
    return server.url("/inbox");
  }

  List<Message> messages() {
    return server.requests().stream().map(this::message).toList();
  }

  List<Message> messages(String taskId) {
    return messages().stream().filter(message -> message.taskId().equals(taskId)).toList();
  }

  @Override
  public void close() {
    server.close();
  }

  private Message message(Request request) {
    var id = request.headers().getOrDefault("webhook-id", List.of("")).getFirst();
    return new Message(id, valid(request), JsonMapper.shared().readTree(request.body()));
  }

  private boolean valid(Request request) {
    try {
      webhook.verify(request.body(), request.headers());
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }
}

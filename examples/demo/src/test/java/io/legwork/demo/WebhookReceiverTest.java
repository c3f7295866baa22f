package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {

  private static final String BODY =
      """
      {"type":"task.succeeded","timestamp":"2026-11-20T10:00:00Z","data":{"id":"one"}}\
      """;

  private final WebhookReceiver receiver = new WebhookReceiver();
  private final LocalHttp http = new LocalHttp(receiver);
  private final String secret = receiver.expect("picture");

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void believesARightSignature() throws Exception {
    int status = post("picture", "msg-1", Instant.now(), secret, BODY);

    assertThat(status).isEqualTo(204);
    assertThat(receiver.arrival("picture"))
        .hasValueSatisfying(arrival -> {
          assertThat(arrival.messageId()).isEqualTo("msg-1");
          assertThat(arrival.event()).isEqualTo("task.succeeded");
          assertThat(arrival.taskId()).isEqualTo("one");
        });
    assertTally(1, 1, 0, 0);
  }

  @Test
  void refusesASignatureWithAnotherSecret() throws Exception {
    var other = receiver.expect("other");

    assertThat(post("picture", "msg-1", Instant.now(), other, BODY)).isEqualTo(400);
    assertThat(receiver.arrived()).isZero();
    assertTally(1, 0, 0, 1);
  }

  @Test
  void refusesABodyThatWasChanged() throws Exception {
    var now = Instant.now();
    var signature = new Webhook(secret).sign("msg-1", now.getEpochSecond(), BODY);
    var headers = headers("msg-1", now, signature);

    assertThat(http.post("picture", BODY.replace("one", "two"), headers)).isEqualTo(400);
    assertTally(1, 0, 0, 1);
  }

  @Test
  void refusesAnOldTimestampThoughTheSignatureIsRight() throws Exception {
    var old = Instant.now().minusSeconds(600);

    assertThat(post("picture", "msg-1", old, secret, BODY)).isEqualTo(400);
    assertTally(1, 0, 0, 1);
  }

  @Test
  void refusesARequestWithoutSignature() throws Exception {
    assertThat(http.post("picture", BODY, Map.of())).isEqualTo(400);
    assertTally(1, 0, 0, 1);
  }

  @Test
  void refusesAPathNobodyExpects() throws Exception {
    assertThat(post("elsewhere", "msg-1", Instant.now(), secret, BODY)).isEqualTo(404);
    assertTally(1, 0, 0, 1);
  }

  @Test
  void refusesABodyThatDoesNotNameTheTask() throws Exception {
    assertThat(post("picture", "msg-1", Instant.now(), secret, "{\"type\":1}")).isEqualTo(400);
    assertThat(post("picture", "msg-2", Instant.now(), secret, "nonsense")).isEqualTo(400);
    assertTally(2, 2, 0, 2);
  }

  @Test
  void countsARepeatedMessageAsDuplicateAndKeepsTheFirst() throws Exception {
    post("picture", "msg-1", Instant.now(), secret, BODY);
    var first = receiver.arrival("picture");

    assertThat(post("picture", "msg-1", Instant.now().plusSeconds(2), secret, BODY)).isEqualTo(204);
    assertThat(receiver.arrival("picture")).isEqualTo(first);
    assertTally(2, 2, 1, 0);
  }

  @Test
  void objectsWhenOneTaskIsAnnouncedUnderTwoIds() throws Exception {
    post("picture", "msg-1", Instant.now(), secret, BODY);
    post("picture", "msg-2", Instant.now(), secret, BODY);

    assertThat(receiver.tally().faults())
        .containsExactly("task one was announced twice, as webhooks msg-1 and msg-2");
  }

  private void assertTally(int received, int verified, int duplicates, int faults) {
    var tally = receiver.tally();
    assertThat(tally.received()).isEqualTo(received);
    assertThat(tally.verified()).isEqualTo(verified);
    assertThat(tally.duplicates()).isEqualTo(duplicates);
    assertThat(tally.faults()).hasSize(faults);
  }

  private int post(String path, String messageId, Instant at, String secret, String body)
      throws Exception {
    var signature = new Webhook(secret).sign(messageId, at.getEpochSecond(), body);
    return http.post(path, body, headers(messageId, at, signature));
  }

  private static Map<String, String> headers(String messageId, Instant at, String signature) {
    return Map.of(
        "webhook-id", messageId,
        "webhook-timestamp", String.valueOf(at.getEpochSecond()),
        "webhook-signature", signature);
  }
}

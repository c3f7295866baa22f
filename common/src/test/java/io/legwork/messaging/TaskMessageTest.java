package io.legwork.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMessageTest {

  private static final String ID = "0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b";
  private static final TaskId TASK = new TaskId(UUID.fromString(ID));
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void isWrittenAsVersionedJson() {
    assertThat(new String(message(TRACE).encode(), UTF_8))
        .isEqualTo(
            """
            {"v":1,"task":"%s","tenant":"default","type":"image.thumbnail","attempt":2,"trace":"%s"}\
            """
                .formatted(ID, TRACE));
  }

  @Test
  void isReadAsItWasWritten() throws UnreadableMessageException {
    assertThat(decode(message(TRACE).encode())).isEqualTo(message(TRACE));
    assertThat(decode(message(null).encode())).isEqualTo(message(null));
  }

  @Test
  void staysSmall() {
    assertThat(message(TRACE).encode()).hasSizeLessThan(220);
  }

  @Test
  void toleratesFieldsOfALaterRelease() throws UnreadableMessageException {
    byte[] body = json("\"v\":1," + FIELDS + ",\"extra\":{\"a\":[1,{\"v\":9}]},\"more\":1.5");

    assertThat(decode(body)).isEqualTo(message(null));
  }

  @Test
  void namesTheVersionItDoesNotUnderstand() {
    assertUnreadable(json("\"v\":2,\"task\":17"), "version 2 is later than 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"v\":1",
        "{\"v\":1}",
        "not json",
        "{\"v\":1,}",
        "{'v':1}",
        "\u0000",
        "<task/>",
        "\uFEFF",
        "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=="
      })
  void refusesWhatIsNoMessage(String body) {
    assertUnreadable(body.getBytes(UTF_8), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v\":\"1\"",
        "\"v\":0",
        "\"v\":-1",
        "\"v\":1.0",
        "\"v\":null",
        "\"v\":99999999999",
        "\"v\":1,\"v\":1",
        "\"x\":1"
      })
  void refusesAWrongVersion(String version) {
    assertUnreadable(json(version + "," + FIELDS), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"task\":\"17\"",
        "\"task\":17",
        "\"task\":null",
        "\"task\":{}",
        "\"task\":\"0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0bb\"",
        "\"tenant\":\"\"",
        "\"tenant\":1",
        "\"tenant\":[\"default\"]",
        "\"type\":\"\"",
        "\"type\":true",
        "\"attempt\":-1",
        "\"attempt\":\"2\"",
        "\"attempt\":2.5",
        "\"attempt\":3000000000",
        "\"attempt\":1e400",
        "\"trace\":5"
      })
  void refusesAWrongFieldAndNamesIt(String field) {
    String name = field.substring(1, field.indexOf('"', 1));
    String body = FIELDS.replaceFirst("\"" + name + "\":[^,]*", "");
    String fields = (body + "," + field).replace(",,", ",").replaceFirst("^,", "");

    assertUnreadable(json("\"v\":1," + fields), name);
  }

  @Test
  void refusesATruncatedMessageWhereverItIsCut() {
    byte[] whole = message(TRACE).encode();

    for (int length = 0; length < whole.length; length++) {
      assertUnreadable(Arrays.copyOf(whole, length), "");
    }
  }

  @Test
  void refusesWhatFollowsTheMessage() {
    assertUnreadable(json("\"v\":1," + FIELDS, "{}"), "follows");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    String padding = " ".repeat(FlatJson.MAX_BODY);

    assertUnreadable(json("\"v\":1," + FIELDS + padding), "more than 65536 bytes");
  }

  @Test
  void refusesDeepNesting() {
    assertUnreadable(json("\"v\":1," + FIELDS + ",\"x\":" + "[".repeat(10_000)), "");
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] bytes = json("\"v\":1," + FIELDS.replace("image", "imag\u00e9"));
    byte[] latin = new String(bytes, UTF_8).getBytes(ISO_8859_1);

    assertUnreadable(latin, "");
    assertUnreadable("nothing".getBytes(UTF_16), "");
  }

  @Test
  void refusesANumberOfThousandsOfDigits() {
    assertUnreadable(json("\"v\":1," + FIELDS + ",\"x\":" + "9".repeat(20_000)), "");
  }

  @RepeatedTest(20)
  void readsOrRefusesWhateverArrives(RepetitionInfo repetition) {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      byte[] body = message(TRACE).encode();
      for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      assertReadOrRefused(body);
    }
  }

  private static void assertReadOrRefused(byte[] body) {
    try {
      assertThat(decode(body).attempt()).isNotNegative();
    } catch (UnreadableMessageException refused) {
      assertThat(refused.reason()).isNotEmpty();
    }
  }

  @Test
  void neverRepeatsTheContentInTheReason() {
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> decode("secret".getBytes(UTF_8)))
        .satisfies(unreadable -> assertThat(unreadable.reason()).doesNotContain("secret"));
  }

  @Test
  void isSentToTheQueueOfItsPriorityWithAStableId() {
    OutgoingMessage outgoing = message(TRACE).toMessage("reports", Priority.HIGH);

    assertThat(outgoing.exchange()).isEqualTo("legwork.tasks");
    assertThat(outgoing.routingKey()).isEqualTo("legwork.tasks.reports.high");
    assertThat(outgoing.messageId()).isEqualTo(ID + ".2");
    assertThat(outgoing.type()).isEqualTo("legwork.task.v1");
    assertThat(outgoing.headers()).containsEntry("traceparent", TRACE).hasSize(1);
    assertThat(outgoing.body().contentType()).isEqualTo("application/json");
  }

  @Test
  void carriesNoTraceHeaderWithoutATrace() {
    assertThat(message(null).toMessage("default", Priority.LOW).headers()).isEmpty();
  }

  private static final String FIELDS =
      "\"task\":\"%s\",\"tenant\":\"default\",\"type\":\"image.thumbnail\",\"attempt\":2"
          .formatted(ID);

  private static TaskMessage decode(byte[] body) throws UnreadableMessageException {
    List<TaskMessage> tasks = TaskGroup.decode(body).tasks();
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  private static TaskMessage message(@Nullable String trace) {
    return new TaskMessage(TASK, "default", "image.thumbnail", 2, trace);
  }

  private static byte[] json(String fields) {
    return json(fields, "");
  }

  private static byte[] json(String fields, String after) {
    return ("{" + fields + "}" + after).getBytes(UTF_8);
  }

  private static void assertUnreadable(byte[] body, String reason) {
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> decode(body))
        .withMessageContaining(reason);
  }
}

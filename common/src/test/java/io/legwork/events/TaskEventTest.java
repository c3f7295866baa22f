package io.legwork.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskEventTest {

  private static final UUID ID = UUID.fromString("0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b");
  private static final UUID TASK = UUID.fromString("0197f9a0-1c2d-7000-8000-000000000001");

  @Test
  void isWrittenAsVersionedJson() {
    assertThat(new String(event(EventKind.FAILED, "boom").encode(), UTF_8))
        .isEqualTo(
            """
            {"v":1,"seq":5000000000,"id":"%s","type":"task.failed","tenant":"default",\
            "task":"%s","taskType":"image.thumbnail","queue":"default","number":3,"attempt":5,\
            "at":"2026-11-20T10:15:30.123456Z","callback":true,"reason":"boom"}\
            """
                .formatted(ID, TASK));
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWritten(EventKind kind) throws UnreadableMessageException {
    assertThat(TaskEvent.decode(event(kind, null).encode())).isEqualTo(event(kind, null));
    assertThat(TaskEvent.decode(event(kind, "é\n\u0001").encode()))
        .isEqualTo(event(kind, "é\n\u0001"));
  }

  @Test
  void isACloudEventAsWell() {
    OutgoingMessage message = event(EventKind.SUCCEEDED, null).toMessage();

    assertThat(message.headers())
        .containsEntry("cloudEvents_specversion", "1.0")
        .containsEntry("cloudEvents_id", ID.toString())
        .containsEntry("cloudEvents_source", "/legwork")
        .containsEntry("cloudEvents_type", "io.legwork.task.succeeded.v1")
        .containsEntry("cloudEvents_subject", TASK.toString())
        .containsEntry("cloudEvents_time", "2026-11-20T10:15:30.123456Z")
        .containsEntry("cloudEvents_sequence", "0000000005000000000")
        .hasSize(7);
    assertThat(message.body().contentType()).isEqualTo("application/json");
  }

  @Test
  void tellsItsTraceInTheHeadersOnly() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    TaskEvent event = event(EventKind.SUCCEEDED, null);

    OutgoingMessage message = event.inTrace(trace).toMessage();

    assertThat(message.headers())
        .containsAllEntriesOf(event.toMessage().headers())
        .containsEntry("traceparent", trace)
        .containsEntry("cloudEvents_traceparent", trace)
        .hasSize(9);
    assertThat(message.body().bytes()).isEqualTo(event.encode());
  }

  @Test
  void isSentToTheEventsExchangeUnderItsStateAndType() {
    OutgoingMessage message = event(EventKind.SUCCEEDED, null).toMessage();

    assertThat(message.exchange()).isEqualTo("legwork.events");
    assertThat(message.routingKey()).isEqualTo("task.succeeded.image.thumbnail");
    assertThat(message.messageId()).isEqualTo(ID.toString());
    assertThat(message.type()).isEqualTo("legwork.event.v1");
  }

  @Test
  void cutsAReasonThatIsTooLongForAMessage() throws UnreadableMessageException {
    byte[] body = event(EventKind.FAILED, "é".repeat(100_000)).encode();

    assertThat(TaskEvent.decode(body).reason()).hasSize(2_001).endsWith("é…");
  }

  @Test
  void sendsAReasonThatIsNoValidText() throws UnreadableMessageException {
    byte[] body = event(EventKind.FAILED, "half \ud83d").encode();

    assertThat(TaskEvent.decode(body).reason()).isEqualTo("half ?");
  }

  @Test
  void refusesATruncatedEventWhereverItIsCut() {
    byte[] whole = event(EventKind.RETRYING, "boom").encode();

    for (int length = 0; length < whole.length; length++) {
      assertUnreadable(new String(whole, 0, length, UTF_8), "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"v\":1`,`\"v\":2`,version 2",
        "5000000000,0,seq",
        "5000000000,`\"1\"`,seq",
        "5000000000,99999999999999999999,seq",
        "task.failed,task.exploded,event type",
        "`\"number\":3`,`\"number\":0`,number",
        "`\"attempt\":5`,`\"attempt\":-1`,attempt",
        "2026-11-20T10:15:30.123456Z,yesterday,at",
        "2026-11-20T10:15:30.123456Z,2026-11-20T10:15:30,at",
        "true,1,callback",
        "true,null,callback",
        "`\"boom\"`,[],reason",
        "`\"tenant\":\"default\",`,` `,tenant"
      })
  void refusesAWrongFieldAndNamesIt(String right, String wrong, String named) {
    String body = new String(event(EventKind.FAILED, "boom").encode(), UTF_8);

    assertUnreadable(body.replace(right, wrong), named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"v\":1}", "garbage", "{\"v\":1}{\"v\":1}"})
  void refusesWhatIsNoEvent(String body) {
    assertUnreadable(body, "");
  }

  @Test
  void codesAndNamesOfKindsAreStable() {
    assertThat(Arrays.stream(EventKind.values()).map(kind -> kind.code() + kind.wireName()))
        .containsExactly(
            "1task.succeeded",
            "2task.failed",
            "3task.retrying",
            "4task.cancelled",
            "5task.expired",
            "6task.redriven");
    assertThat(EventKind.values()).allMatch(kind -> EventKind.ofCode(kind.code()) == kind);
    assertThat(Arrays.stream(EventKind.values()).filter(EventKind::isTerminal))
        .containsExactly(
            EventKind.SUCCEEDED, EventKind.FAILED, EventKind.CANCELLED, EventKind.EXPIRED);
  }

  private static TaskEvent event(EventKind kind, @Nullable String reason) {
    return new TaskEvent(
        5_000_000_000L,
        ID,
        kind,
        "default",
        new TaskId(TASK),
        "image.thumbnail",
        "default",
        3,
        5,
        Instant.parse("2026-11-20T10:15:30.123456Z"),
        true,
        reason);
  }

  private static void assertUnreadable(String body, String reason) {
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> TaskEvent.decode(body.getBytes(UTF_8)))
        .withMessageContaining(reason);
  }
}

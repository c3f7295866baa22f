package io.legwork.events;

import static io.legwork.events.TestEvents.event;
import static io.legwork.events.TestEvents.eventsOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.messaging.FlatJson;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.UnreadableMessageException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

  @Test
  void tellsTheNotifierAllTogetherAndOthersEachByItself() {
    List<Announcement> announcements = Announcement.of(events(3));

    assertThat(announcements).hasSize(1);
    List<OutgoingMessage> messages = announcements.getFirst().messages();
    assertThat(messages)
        .extracting(OutgoingMessage::exchange)
        .containsExactly("legwork.tasks", "legwork.events", "legwork.events", "legwork.events");
    OutgoingMessage forNotifier = messages.getFirst();
    assertThat(forNotifier.routingKey()).isEqualTo("legwork.notify");
    assertThat(forNotifier.type()).isEqualTo("legwork.events.v1");
    assertThat(forNotifier.messageId()).isEqualTo(event(1).id() + "+2");
    assertThat(eventsOf(forNotifier)).isEqualTo(events(3));
    assertThat(messages.subList(1, 4))
        .extracting(OutgoingMessage::messageId)
        .containsExactlyElementsOf(events(3).stream().map(event -> event.id().toString()).toList());
  }

  @Test
  void hasNothingToSayAboutNoEvents() {
    assertThat(Announcement.of(List.of())).isEmpty();
  }

  @Test
  void givesAMessageOfOneEventItsId() {
    assertThat(Announcement.of(events(1)).getFirst().messages().getFirst().messageId())
        .isEqualTo(event(1).id().toString());
  }

  @Test
  void dividesWhatIsTooMuchForAMessage() {
    List<Announcement> announcements = Announcement.of(events(2 * Announcement.MOST + 1));

    assertThat(announcements)
        .extracting(announcement -> announcement.events().size())
        .containsExactly(Announcement.MOST, Announcement.MOST, 1);
    assertThat(announcements.stream().flatMap(announcement -> announcement.events().stream()))
        .containsExactlyElementsOf(events(2 * Announcement.MOST + 1));
  }

  @Test
  void staysReadableHoweverLongTheReasonsAre() {
    List<TaskEvent> events =
        LongStream.rangeClosed(1, Announcement.MOST)
            .mapToObj(sequence -> failed(sequence, "\u20ac".repeat(2_000)))
            .toList();

    List<Announcement> announcements = Announcement.of(events);

    assertThat(announcements)
        .allSatisfy(announcement -> {
          OutgoingMessage forNotifier = announcement.messages().getFirst();
          assertThat(forNotifier.body().bytes()).hasSizeLessThan(FlatJson.MAX_BODY);
          assertThat(eventsOf(forNotifier)).isEqualTo(announcement.events());
        });
    assertThat(announcements.stream().flatMap(announcement -> announcement.events().stream()))
        .containsExactlyElementsOf(events);
  }

  @Test
  void readsTheMessageOfASingleEventAsEarlierVersionsSendIt() throws UnreadableMessageException {
    assertThat(Announcement.decode(event(7).encode())).containsExactly(event(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"v\":1,\"events\":7}",
        "{\"v\":1,\"events\":{}}",
        "{\"v\":1,\"events\":[{}]}",
        "{\"v\":1,\"events\":[{\"v\":1}",
        "{\"v\":2,\"events\":[]}"
      })
  void refusesWhatIsNoAnnouncement(String body) {
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> Announcement.decode(body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"task.succeeded,task.exploded", "default,''", "false,1"})
  void refusesAllIfOneIsWrong(String right, String wrong) {
    String body =
        new String(
            Announcement.of(events(2)).getFirst().messages().getFirst().body().bytes(), UTF_8);
    int last = body.lastIndexOf(right);

    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() ->
            Announcement.decode(
                (body.substring(0, last) + wrong + body.substring(last + right.length()))
                    .getBytes(UTF_8)));
  }

  private static List<TaskEvent> events(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(TestEvents::event).toList();
  }

  private static TaskEvent failed(long sequence, String reason) {
    TaskEvent it = event(sequence);
    return new TaskEvent(
        sequence,
        it.id(),
        EventKind.FAILED,
        it.tenant(),
        it.task(),
        it.taskType(),
        it.queue(),
        it.number(),
        it.attempt(),
        it.at(),
        it.callback(),
        reason);
  }
}

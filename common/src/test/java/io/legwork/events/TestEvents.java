package io.legwork.events;

import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events that differ in nothing but their place. */
final class TestEvents {

  private TestEvents() {}

  /** Whether it is the message with all events of an announcement. */
  static boolean isForTheNotifier(OutgoingMessage message) {
    return message.type().equals(Announcement.FORMAT);
  }

  /** The events of a message for the notifier. */
  static List<TaskEvent> eventsOf(OutgoingMessage message) {
    try {
      return Announcement.decode(message.body().bytes());
    } catch (UnreadableMessageException e) {
      throw new AssertionError(e);
    }
  }

  /** The place of the event that a message announces. */
  static long sequenceOf(OutgoingMessage message) {
    return Long.parseLong(message.headers().getOrDefault("cloudEvents_sequence", ""));
  }

  static TaskEvent event(long sequence) {
    return new TaskEvent(
        sequence,
        new UUID(1, sequence),
        EventKind.SUCCEEDED,
        "default",
        new TaskId(new UUID(2, sequence)),
        "test",
        "default",
        1,
        1,
        Instant.EPOCH,
        false,
        null);
  }
}

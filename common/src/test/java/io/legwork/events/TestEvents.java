package io.legwork.events;

import io.legwork.messaging.OutgoingMessage;
import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.UUID;

/** Events that differ in nothing but their place. */
final class TestEvents {

  private TestEvents() {}

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

package io.legwork.events;

import io.legwork.messaging.FlatJson;
import io.legwork.messaging.MessageBody;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.Topology;
import io.legwork.messaging.UnreadableMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is published so that everybody hears of some events: one message with all of them for the
 * notifier, and one with each of them for whoever has bound a queue to the exchange of events. The
 * notifier has its own because a message that a quorum queue keeps costs the broker much the same
 * whatever is in it, and one that no queue wants costs next to nothing.
 *
 * @param events in the order of their sequences
 * @param messages the notifier's first
 */
public record Announcement(List<TaskEvent> events, List<OutgoingMessage> messages) {

  /** The versioned name of the format of the notifier's message. */
  public static final String FORMAT = "legwork.events.v1";

  /** How many events a message has at most. */
  static final int MOST = 100;

  /** How many bytes of events it has at most, unless one alone has more. */
  private static final int MOST_BYTES = FlatJson.MAX_BODY * 3 / 4;

  private static final int VERSION = 1;
  private static final String LIST = "events";

  /** Takes copies. */
  public Announcement {
    events = List.copyOf(events);
    messages = List.copyOf(messages);
  }

  /**
   * Divides events among as few announcements as they fit into.
   *
   * @param events in the order of their sequences
   */
  public static List<Announcement> of(List<TaskEvent> events) {
    List<Announcement> announcements = new ArrayList<>();
    List<TaskEvent> together = new ArrayList<>();
    List<OutgoingMessage> messages = new ArrayList<>();
    int bytes = 0;
    for (TaskEvent event : events) {
      OutgoingMessage message = event.toMessage();
      int size = message.body().bytes().length;
      if (!together.isEmpty() && (together.size() == MOST || bytes + size > MOST_BYTES)) {
        announcements.add(announcement(together, messages));
        together.clear();
        messages.clear();
        bytes = 0;
      }
      together.add(event);
      messages.add(message);
      bytes += size;
    }
    if (!together.isEmpty()) {
      announcements.add(announcement(together, messages));
    }
    return announcements;
  }

  private static Announcement announcement(List<TaskEvent> events, List<OutgoingMessage> messages) {
    List<OutgoingMessage> all = new ArrayList<>(messages.size() + 1);
    String first = messages.getFirst().messageId();
    all.add(
        new OutgoingMessage(
            Topology.EXCHANGE_TASKS,
            Topology.QUEUE_NOTIFY,
            events.size() == 1 ? first : first + "+" + (events.size() - 1),
            FORMAT,
            Map.of(),
            MessageBody.json(encode(messages))));
    all.addAll(messages);
    return new Announcement(events, all);
  }

  private static byte[] encode(List<OutgoingMessage> messages) {
    return FlatJson.writeList(
        VERSION, LIST, messages.stream().map(message -> message.body().bytes()).toList());
  }

  /**
   * Reads the events of a notifier's message. It may be that of a single event, too: a queue that
   * an earlier version has bound gets those.
   *
   * @throws UnreadableMessageException if it is neither, whatever it is
   */
  public static List<TaskEvent> decode(byte[] body) throws UnreadableMessageException {
    FlatJson json = FlatJson.read(body, VERSION);
    List<FlatJson> list = json.optionalList(LIST);
    if (list == null) {
      return List.of(TaskEvent.of(json));
    }
    List<TaskEvent> events = new ArrayList<>(list.size());
    for (FlatJson event : list) {
      events.add(TaskEvent.of(event));
    }
    return events;
  }
}

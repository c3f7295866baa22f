package io.legwork.chaos.history;

import java.util.List;

/** What the API tells of the past of one task. */
public record TaskHistory(
    String task, List<Event> events, List<Attempt> attempts, List<Delivery> deliveries) {

  /** An event, as the task's history has it. */
  public record Event(String id, int sequence, String kind, long at, int attempt) {}

  /**
   * An attempt, as the task's history has it.
   *
   * @param endedAt 0 if it has not ended
   * @param error why it did not succeed, or the empty string
   */
  public record Attempt(int number, String state, long startedAt, long endedAt, String error) {

    /** Whether a worker that stopped gave it back, so that it does not count. */
    public boolean isHandedBack() {
      return error.startsWith("Handed back");
    }
  }

  /** What became of a webhook. */
  public record Delivery(String event, String state) {}

  /** Takes copies. */
  public TaskHistory {
    events = List.copyOf(events);
    attempts = List.copyOf(attempts);
    deliveries = List.copyOf(deliveries);
  }
}

package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import java.util.Optional;

/**
 * What became of an outcome.
 *
 * @param event the committed event that announces it, or empty if the outcome was refused because a
 *     later attempt, a cancellation or an earlier record of the same outcome came first
 */
public record Recorded(Optional<TaskEvent> event) {

  /** Whether the outcome was refused as stale (guarantee G4). */
  public boolean refused() {
    return event.isEmpty();
  }
}

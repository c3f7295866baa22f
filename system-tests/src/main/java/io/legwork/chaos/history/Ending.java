package io.legwork.chaos.history;

import java.util.List;
import java.util.Map;

/**
 * How the run ended.
 *
 * @param lastHeal when the last fault was healed
 * @param quietAfterMillis how long after that everything was done, or -1 if it never was
 * @param open how many tasks were not over, by state, or not accounted for
 * @param queues the messages left in the broker's queues, by queue
 */
public record Ending(
    long lastHeal,
    long quietAfterMillis,
    Map<String, Integer> open,
    Map<String, Integer> queues,
    List<Resource> resources) {

  /**
   * Something that is bounded, before and after.
   *
   * @param allowance how much more than a tenth above before is no cause for alarm
   * @param growth what it has more of than before, where that is known, otherwise empty
   */
  public record Resource(
      String name, double before, double after, double allowance, String growth) {

    /** Whether there is more of it than before, beyond what may come and go. */
    public boolean isLeaked() {
      return after > before * 1.1 + allowance;
    }
  }

  /** Takes copies. */
  public Ending {
    open = Map.copyOf(open);
    queues = Map.copyOf(queues);
    resources = List.copyOf(resources);
  }
}

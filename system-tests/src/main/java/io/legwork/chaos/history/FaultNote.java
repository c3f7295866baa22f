package io.legwork.chaos.history;

/**
 * Something was done to the system, or happened to it.
 *
 * @param number ties what belongs together; 0 for what was not part of the schedule
 * @param detail what exactly, for people
 */
public record FaultNote(long at, int number, Phase phase, String fault, String detail) {

  /** Which part of a fault it was. */
  public enum Phase {
    /** It begins. */
    INJECTED,
    /** Its cause is gone, and what it had taken away is there again. */
    HEALED,
    /** A process had ended and was started again. */
    RESTARTED
  }
}

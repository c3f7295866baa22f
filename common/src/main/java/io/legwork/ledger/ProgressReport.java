package io.legwork.ledger;

import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * What a running attempt tells, to be written under its fencing token.
 *
 * @param attempt the number of the attempt: the fencing token
 * @param stage how far it has come, or null to leave that as it is
 * @param checkpoint what is kept for the next attempt, or null to leave that as it is
 */
public record ProgressReport(
    TaskId task, int attempt, @Nullable Stage stage, @Nullable KeptJson checkpoint) {

  /**
   * How far an attempt has come.
   *
   * @param percent from 0 to 100
   * @param message what is being done, for people
   */
  public record Stage(int percent, String message) {

    /** The longest message that is kept; the rest is cut off. */
    public static final int LONGEST_MESSAGE = 500;

    /** Refuses what is no percentage, and cuts the message to what can be stored. */
    public Stage {
      if (percent < 0 || percent > 100) {
        throw new IllegalArgumentException("percent must be from 0 to 100: " + percent);
      }
      message = storable(message);
    }

    /** PostgreSQL stores no NUL. */
    private static String storable(String text) {
      String clean = text.replace('\0', ' ');
      return clean.length() <= LONGEST_MESSAGE
          ? clean
          : clean.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
  }

  /** How far the attempt has come. */
  public static ProgressReport stage(TaskId task, int attempt, Stage stage) {
    return new ProgressReport(task, attempt, stage, null);
  }

  /** What the attempt keeps. */
  public static ProgressReport checkpoint(TaskId task, int attempt, KeptJson checkpoint) {
    return new ProgressReport(task, attempt, null, checkpoint);
  }
}

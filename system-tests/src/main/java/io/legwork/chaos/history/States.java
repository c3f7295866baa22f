package io.legwork.chaos.history;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The states of a task, as the API's description names them. */
public final class States {

  /** A task in one of these is over. */
  public static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED");

  /** A task in one of these is not. */
  public static final List<String> OPEN = List.of("SCHEDULED", "QUEUED", "RUNNING", "RETRYING");

  private static final String EVENT = "task.";

  private States() {}

  /** Whether an event such as {@code task.failed} says that a task is over. */
  public static boolean endsTask(String event) {
    return TERMINAL.contains(announcedBy(event));
  }

  /** The state that an event announces, such as SUCCEEDED for {@code task.succeeded}. */
  public static String announcedBy(String event) {
    return event.startsWith(EVENT) ? event.substring(EVENT.length()).toUpperCase(Locale.ROOT) : "";
  }
}

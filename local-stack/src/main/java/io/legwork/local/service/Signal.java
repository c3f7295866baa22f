package io.legwork.local.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The signals that are sent to processes. */
public enum Signal {
  /** Asks for an orderly end. */
  TERM,
  /** Asks PostgreSQL to end at once but in order, without waiting for its clients. */
  INT,
  /** Makes PostgreSQL end as if it had crashed. */
  QUIT,
  /** Ends a process whatever it does. */
  KILL,
  /** Takes its time away. */
  STOP,
  /** Lets it go on. */
  CONT;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Sends it to one process, if that is still there. */
  public void sendTo(long pid) {
    sendTo(List.of(pid));
  }

  /** Sends it to processes, as good as at once; those that have ended are passed over. */
  public void sendTo(List<Long> pids) {
    var command = new ArrayList<>(List.of("kill", "-" + name()));
    pids.forEach(pid -> command.add(pid.toString()));
    var result = new Command(command).attempt(LIMIT);
    if (!result.ended()) {
      throw new LocalStackException("`%s`: %s".formatted(command, result.output()));
    }
  }
}

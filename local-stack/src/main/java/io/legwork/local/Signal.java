package io.legwork.local;

import java.time.Duration;

/** The signals that end the processes of a stack. */
enum Signal {
  /** Asks for an orderly end. */
  TERM,
  /** Asks PostgreSQL to end at once but in order, without waiting for its clients. */
  INT,
  /** Makes PostgreSQL end as if it had crashed. */
  QUIT,
  KILL;

  void sendTo(long pid) {
    var command = new Command("kill", "-" + name(), Long.toString(pid));
    command.attempt(Duration.ofSeconds(10));
  }
}

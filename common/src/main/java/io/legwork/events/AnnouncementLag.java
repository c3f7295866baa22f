package io.legwork.events;

import java.time.Duration;
import java.time.Instant;

/**
 * How late announcing is, without a note for each event: it remembers one sequence that was known
 * at some time, until everything up to it has been confirmed, and then the next one. As precise as
 * it is asked often. Thread-safe.
 */
final class AnnouncementLag {

  private long mark;
  private Instant since = Instant.MAX;

  /**
   * Looks at how far the announcing has come.
   *
   * @param announced up to which sequence everything has been confirmed
   * @param known the highest sequence that is known
   * @return for how long, at least, something has been waiting to be confirmed
   */
  synchronized Duration at(Instant now, long announced, long known) {
    if (announced >= mark) {
      mark = known;
      since = now;
    }
    return announced >= mark || now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
  }
}

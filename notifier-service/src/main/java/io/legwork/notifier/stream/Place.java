package io.legwork.notifier.stream;

/** Up to where a reader has been told, who never gets the same event twice. For one thread. */
final class Place {

  private long latest;
  private boolean over;

  /**
   * @param seen the sequence of the last event the reader has
   */
  Place(long seen) {
    this.latest = seen;
  }

  /** Up to where everything has been told. */
  long latest() {
    return latest;
  }

  /** Whether the latest of what was told ends the stream. */
  boolean isOver() {
    return over;
  }

  /** What a portion has for the reader, who is told all of it; not a copy. */
  byte[] advance(Portion portion) {
    byte[] news = portion.after(latest);
    if (portion.last() > latest) {
      latest = portion.last();
      over = portion.isOver();
    }
    return news;
  }
}

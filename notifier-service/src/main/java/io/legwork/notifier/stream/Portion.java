package io.legwork.notifier.stream;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What some frames have for readers with the same view: put together once and then written to each
 * of them as it is. Immutable.
 */
final class Portion {

  private static final int TYPICAL_FRAME = 400;

  private final List<Frame> frames;
  private final EventFilter filter;
  private final byte[] bytes;

  /** Before which nothing has a place. */
  private final long first;

  private final long last;

  private Portion(List<Frame> frames, EventFilter filter, long last) {
    this.frames = frames;
    this.filter = filter;
    this.bytes = bytes(frames);
    this.first =
        frames.stream().mapToLong(Frame::place).filter(it -> it > 0).min().orElse(Long.MAX_VALUE);
    this.last = last;
  }

  /** Of frames in their order. */
  static Portion of(List<Frame> frames, EventFilter filter) {
    return new Portion(
        frames.stream().filter(frame -> frame.isFor(filter) || frame.ends(filter)).toList(),
        filter,
        frames.isEmpty() ? 0 : frames.getLast().place());
  }

  /** How many of the frames concern the reader. */
  int size() {
    return frames.size();
  }

  /** Up to where everything has been told; 0 of what has no place among all events. */
  long last() {
    return last;
  }

  /** Whether nothing is left to be shown afterwards. */
  boolean isOver() {
    return !frames.isEmpty() && frames.getLast().ends(filter);
  }

  /** What comes after a place, as it is sent; not a copy. */
  byte[] after(long place) {
    return first > place
        ? bytes
        : bytes(frames.stream().filter(frame -> isAfter(frame, place)).toList());
  }

  private static boolean isAfter(Frame frame, long place) {
    return frame.place() == 0 || frame.place() > place;
  }

  private byte[] bytes(List<Frame> shown) {
    var page = new ByteArrayOutputStream(shown.size() * TYPICAL_FRAME);
    shown.stream().filter(frame -> frame.isFor(filter)).map(Frame::bytes).forEach(page::writeBytes);
    return page.toByteArray();
  }
}

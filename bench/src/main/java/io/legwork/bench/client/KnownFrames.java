package io.legwork.bench.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a stream as the first of its readers received them. Others compare what they
 * receive with it, which costs far less than to read it. For one thread.
 */
final class KnownFrames {

  private static final int FIRST_SIZE = 1024;
  private static final String ID = "id: ";
  private static final String NAME = "\nevent: ";
  private static final String RESET = "\nevent: reset\n";
  private static final String AT = "\"at\":\"";

  private final List<byte[]> frames = new ArrayList<>();
  private long[] ids = new long[FIRST_SIZE];
  private long[] micros = new long[FIRST_SIZE];

  int size() {
    return frames.size();
  }

  /** Complete with the blank line that ends it; not a copy. */
  byte[] frame(int index) {
    return frames.get(index);
  }

  long id(int index) {
    return ids[index];
  }

  /** When the event happened, in microseconds of the epoch. */
  long micros(int index) {
    return micros[index];
  }

  /**
   * Finds a frame, and keeps it if it is later than all others.
   *
   * @return its index, or -1 if it is no event, or one that was left out before
   */
  int find(byte[] frame) {
    var text = new String(frame, StandardCharsets.UTF_8);
    if (!text.startsWith(ID) || text.contains(RESET)) {
      return -1;
    }
    long id = Long.parseLong(text.substring(ID.length(), text.indexOf(NAME)));
    if (size() > 0 && id <= ids[size() - 1]) {
      return Arrays.binarySearch(ids, 0, size(), id);
    }
    add(id, text, frame);
    return size() - 1;
  }

  private void add(long id, String text, byte[] frame) {
    if (size() == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size());
      micros = Arrays.copyOf(micros, 2 * size());
    }
    int at = text.indexOf(AT) + AT.length();
    var time = Instant.parse(text.substring(at, text.indexOf('"', at)));
    ids[size()] = id;
    micros[size()] = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    frames.add(frame);
  }
}

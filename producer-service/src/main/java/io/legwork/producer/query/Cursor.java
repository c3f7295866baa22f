package io.legwork.producer.query;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Where a page ended, as opaque text. It is bound to the filters it was made with by a checksum,
 * which guards against mistakes, not against malice: whoever forges a cursor gets to see what a
 * request without one shows as well.
 */
final class Cursor {

  private static final int SIZE = Long.BYTES * 2 + Integer.BYTES;

  private Cursor() {}

  /**
   * The cursor behind a task.
   *
   * @param filters what the page was filtered by, in any unambiguous form
   */
  static String after(TaskId last, String filters) {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    UUID id = last.value();
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    bytes.putInt(checksum(id, filters));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The task that the cursor is behind.
   *
   * @throws ProblemException if it is no cursor, or one of other filters
   */
  static TaskId read(String cursor, String filters) {
    byte[] bytes = decode(cursor);
    if (bytes.length == SIZE) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      UUID id = new UUID(in.getLong(), in.getLong());
      if (in.getInt() == checksum(id, filters)) {
        return new TaskId(id);
      }
    }
    throw new ProblemException(
        ProblemType.INVALID_CURSOR, "the cursor was not given out for these filters");
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  private static int checksum(UUID id, String filters) {
    CRC32C checksum = new CRC32C();
    checksum.update((id + filters).getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }
}

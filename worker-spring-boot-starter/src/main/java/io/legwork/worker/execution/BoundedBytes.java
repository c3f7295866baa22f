package io.legwork.worker.execution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what is written, and refuses what is more than that. Not thread-safe. */
final class BoundedBytes extends OutputStream {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
  private final int most;
  private boolean full;

  /**
   * @param most how many bytes it may become
   */
  BoundedBytes(int most) {
    this.most = most;
  }

  @Override
  public void write(int written) throws IOException {
    write(new byte[] {(byte) written}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (kept.size() + length > most) {
      full = true;
      throw new IOException("more than %,d bytes".formatted(most));
    }
    kept.write(bytes, offset, length);
  }

  /** Whether there was too much. */
  boolean isFull() {
    return full;
  }

  byte[] toByteArray() {
    return kept.toByteArray();
  }
}

package io.legwork.examples.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read more than so many bytes, whatever a server said about the length. */
final class BoundedStream extends FilterInputStream {

  private final long maxBytes;
  private long read;

  BoundedStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  static IllegalArgumentException tooLarge(long maxBytes) {
    return new IllegalArgumentException("the source is larger than %,d bytes".formatted(maxBytes));
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int bytes = super.read(buffer, offset, length);
    if (bytes > 0) {
      count(bytes);
    }
    return bytes;
  }

  private void count(int bytes) {
    read += bytes;
    if (read > maxBytes) {
      throw tooLarge(maxBytes);
    }
  }
}

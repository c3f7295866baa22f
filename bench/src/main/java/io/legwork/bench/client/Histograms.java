package io.legwork.bench.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Histograms as they stand in the files of clients: compressed, in Base64. */
public final class Histograms {

  private Histograms() {}

  static String encoded(Histogram histogram) {
    var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /**
   * The histogram that a client has written.
   *
   * @throws IllegalStateException if it is none
   */
  public static Histogram decoded(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException e) {
      throw new IllegalStateException("the client's histogram cannot be read", e);
    }
  }
}

package io.legwork.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** Reads the bodies of answers, up to a bound. */
final class AnswerBodies {

  /** Up to here the rest is read and thrown away, which keeps the connection usable. */
  private static final int MOST_READ = 64 * 1024;

  private static final int CHUNK = 8 * 1024;

  private AnswerBodies() {}

  /**
   * What was read.
   *
   * @param truncated whether there was more than was wanted
   * @param ended whether the end was reached, so that the connection can be used again
   */
  @SuppressWarnings("ArrayRecordComponent") // Bodies are read, not compared.
  record Kept(byte[] bytes, boolean truncated, boolean ended) {}

  /**
   * Reads a body that matters.
   *
   * @throws IOException if it broke off
   */
  static Kept read(ClassicHttpResponse response, int keep) throws IOException {
    InputStream content = content(response);
    byte[] body = content.readNBytes(keep);
    boolean truncated = body.length == keep && content.read() >= 0;
    return new Kept(body, truncated, !truncated);
  }

  /** Reads a body that does not matter: one that is long or breaks off is cut. */
  static Kept skim(ClassicHttpResponse response, int keep) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    int read = 0;
    try {
      InputStream content = content(response);
      byte[] chunk = new byte[CHUNK];
      int length = content.read(chunk);
      while (length >= 0 && read <= MOST_READ) {
        read += length;
        kept.write(chunk, 0, Math.min(length, keep - kept.size()));
        length = content.read(chunk);
      }
      return new Kept(kept.toByteArray(), read > keep, length < 0);
    } catch (IOException brokenOff) {
      return new Kept(kept.toByteArray(), true, false);
    }
  }

  private static InputStream content(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    return content == null ? InputStream.nullInputStream() : content;
  }
}

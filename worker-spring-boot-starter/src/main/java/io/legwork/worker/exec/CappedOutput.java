package io.legwork.worker.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Gathers what a program writes to standard output, up to a bound. */
final class CappedOutput implements Runnable {

  private final InputStream in;
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<String> tooMuch;

  /**
   * @param most how many bytes it may be
   * @param tooMuch completed with what happened, in words, when there are more
   */
  CappedOutput(InputStream in, int most, CompletableFuture<String> tooMuch) {
    this.in = in;
    this.most = most;
    this.tooMuch = tooMuch;
  }

  /** Reads to the end, or to the bound. */
  @Override
  public void run() {
    byte[] buffer = new byte[8192];
    try {
      int read = in.read(buffer);
      while (read >= 0 && keep(buffer, read)) {
        read = in.read(buffer);
      }
    } catch (IOException closed) {
      // The program was killed; what it wrote does not matter any more.
    }
  }

  private synchronized boolean keep(byte[] buffer, int length) {
    if (kept.size() + length > most) {
      tooMuch.complete("wrote more than %,d bytes to its standard output".formatted(most));
      return false;
    }
    kept.write(buffer, 0, length);
    return true;
  }

  /** What was written so far. */
  synchronized byte[] bytes() {
    return kept.toByteArray();
  }
}

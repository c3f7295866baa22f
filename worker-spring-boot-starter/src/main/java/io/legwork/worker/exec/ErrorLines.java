package io.legwork.worker.exec;

import io.legwork.handler.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what a program writes to standard error, line by line: lines of the protocol are obeyed,
 * the last of the others are kept, as the reason should the program fail.
 */
final class ErrorLines implements Runnable {

  /** How many bytes a program may write to standard error. */
  static final int MOST = 8 * 1024 * 1024;

  /** The longest checkpoint and its verb fit; of a longer line the rest is dropped. */
  private static final int LONGEST_LINE = 72 * 1024;

  private static final int KEPT_LINES = 10;
  private static final int LONGEST_KEPT = 500;

  private final InputStream in;
  private final ProtocolLine.Reader protocol;
  private final CompletableFuture<String> tooMuch;
  private final Deque<String> last = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param tooMuch completed with what happened, in words, when there is too much
   */
  ErrorLines(InputStream in, TaskContext task, CompletableFuture<String> tooMuch) {
    this.in = in;
    this.protocol = new ProtocolLine.Reader(task);
    this.tooMuch = tooMuch;
  }

  /** Reads to the end, or to the bound. */
  @Override
  public void run() {
    byte[] buffer = new byte[8192];
    long total = 0;
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        total += read;
        if (total > MOST) {
          tooMuch.complete("wrote more than %,d bytes to its standard error".formatted(MOST));
          return;
        }
        take(buffer, read);
      }
      endLine();
    } catch (IOException closed) {
      // The program was killed; what it wrote does not matter any more.
    }
  }

  private void take(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        endLine();
      } else if (line.size() < LONGEST_LINE) {
        line.write(buffer[i]);
      }
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (!text.isEmpty() && !protocol.obey(text)) {
      keep(text);
    }
  }

  private synchronized void keep(String text) {
    last.addLast(text.length() <= LONGEST_KEPT ? text : text.substring(0, LONGEST_KEPT) + "…");
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
  }

  /** The last lines that were not of the protocol, in one. */
  synchronized String tail() {
    return String.join(" | ", last);
  }

  /** What the program has asked for in case it fails. */
  ProtocolLine.Reader protocol() {
    return protocol;
  }
}

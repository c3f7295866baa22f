package io.legwork.bench.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what one reader of the event stream receives, and looks whether every event comes
 * after the one before it. For one thread.
 */
final class StreamReader {

  private static final String GOOD = "HTTP/1.1 200";
  private static final Pattern CHUNKED = Pattern.compile("(?i)\ntransfer-encoding: *chunked");
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FRAME_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEX = 16;

  private final KnownFrames known;
  private final Ear ear;
  private Part part = Part.HEAD;

  /** How much is left of the chunk; of an answer without chunks there is always more. */
  private long chunk;

  /** What has come of something unknown; null while what comes is what was expected. */
  private @Nullable Gathered unknown = new Gathered();

  /** The frame that is expected next, and how much of it has come. */
  private int next;

  private int come;
  private long latest;

  StreamReader(KnownFrames known, Ear ear) {
    this.known = known;
    this.ear = ear;
  }

  /** Is told what a reader receives. */
  interface Ear {

    /** The stream is open. */
    void opened();

    /**
     * An event came.
     *
     * @param index of the known frame
     * @param inOrder whether it comes after the one before it
     */
    void heard(int index, boolean inOrder);
  }

  /** Where in the answer it is. */
  private enum Part {
    HEAD,
    SIZE,
    DATA,
    DATA_END
  }

  /**
   * Takes what was received.
   *
   * @throws IOException if it is no stream, or its end
   */
  void take(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      at =
          switch (part) {
            case HEAD -> head(bytes, at, length);
            case SIZE -> size(bytes[at], at);
            case DATA -> data(bytes, at, length);
            case DATA_END -> dataEnd(bytes[at], at);
          };
    }
  }

  private int head(byte[] bytes, int from, int to) throws IOException {
    var head = gathered();
    int at = from;
    while (at < to && !head.endsWith(HEAD_END)) {
      head.write(bytes[at++]);
    }
    if (head.endsWith(HEAD_END)) {
      var text = head.toString(StandardCharsets.US_ASCII);
      if (!text.startsWith(GOOD)) {
        throw new IOException("the stream was refused: " + text);
      }
      ear.opened();
      boolean chunked = CHUNKED.matcher(text).find();
      part = chunked ? Part.SIZE : Part.DATA;
      chunk = chunked ? 0 : Long.MAX_VALUE;
      unknown = null;
    }
    return at;
  }

  private int size(byte digit, int at) throws EOFException {
    if (digit != '\r' && digit != '\n') {
      chunk = chunk * HEX + Character.digit(digit, HEX);
    } else if (digit == '\n' && chunk == 0) {
      throw new EOFException("the server has ended the stream");
    } else if (digit == '\n') {
      part = Part.DATA;
    }
    return at + 1;
  }

  private int dataEnd(byte next, int at) {
    if (next == '\n') {
      part = Part.SIZE;
    }
    return at + 1;
  }

  private int data(byte[] bytes, int from, int to) {
    int end = from + (int) Math.min(to - from, chunk);
    int at = from;
    while (at < end) {
      boolean guess = unknown == null && next < known.size();
      at = guess ? expected(bytes, at, end) : other(bytes, at, end);
    }
    chunk -= end - from;
    if (chunk == 0) {
      part = Part.DATA_END;
    }
    return end;
  }

  private int expected(byte[] bytes, int from, int to) {
    var frame = known.frame(next);
    int length = Math.min(frame.length - come, to - from);
    if (!Arrays.equals(frame, come, come + length, bytes, from, from + length)) {
      gathered().write(frame, 0, come);
      come = 0;
      return from;
    }
    come += length;
    if (come == frame.length) {
      come = 0;
      heard(next);
    }
    return from + length;
  }

  private int other(byte[] bytes, int from, int to) {
    var frame = gathered();
    int at = from;
    while (at < to && !frame.endsWith(FRAME_END)) {
      frame.write(bytes[at++]);
    }
    if (frame.endsWith(FRAME_END)) {
      unknown = null;
      int index = known.find(frame.toByteArray());
      if (index >= 0) {
        heard(index);
      }
    }
    return at;
  }

  private void heard(int index) {
    ear.heard(index, known.id(index) > latest);
    latest = Math.max(latest, known.id(index));
    next = index + 1;
  }

  private Gathered gathered() {
    var gathered = unknown;
    if (gathered == null) {
      gathered = new Gathered();
      unknown = gathered;
    }
    return gathered;
  }

  /** Bytes of which the end matters. */
  private static final class Gathered extends ByteArrayOutputStream {

    private boolean endsWith(byte[] end) {
      return count >= end.length
          && Arrays.equals(buf, count - end.length, count, end, 0, end.length);
    }
  }
}

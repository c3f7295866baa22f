package io.legwork.notifier.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Writes to one reader, who never gets the same event twice. For one thread. */
final class StreamWriter {

  static final String MEDIA_TYPE = "text/event-stream";

  private static final byte[] OPENING = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);

  private static final int TYPICAL_FRAME = 400;

  private final HttpServletResponse response;
  private final EventFilter filter;
  private long latest;

  /**
   * @param seen the sequence of the last event the reader has
   */
  StreamWriter(HttpServletResponse response, EventFilter filter, long seen) {
    this.response = response;
    this.filter = filter;
    this.latest = seen;
  }

  /** Up to where everything has been written. */
  long latest() {
    return latest;
  }

  void open() throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MEDIA_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    response.getOutputStream().write(OPENING);
    response.flushBuffer();
  }

  void ping() throws IOException {
    response.getOutputStream().write(PING);
    response.flushBuffer();
  }

  /**
   * Writes what the filter shows: events that come after the latest, and what has no place.
   *
   * @return whether the last of them ends the stream
   */
  boolean write(List<Frame> frames) throws IOException {
    var page = new ByteArrayOutputStream(frames.size() * TYPICAL_FRAME);
    boolean over = false;
    for (Frame frame : frames) {
      if (frame.place() == 0) {
        page.writeBytes(frame.bytes());
      } else if (frame.place() > latest) {
        if (frame.isFor(filter)) {
          page.writeBytes(frame.bytes());
        }
        latest = frame.place();
        over = frame.ends(filter);
      }
    }
    response.getOutputStream().write(page.toByteArray());
    response.flushBuffer();
    return over;
  }
}

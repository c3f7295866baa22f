package io.legwork.notifier.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Writes to one reader, who never gets the same event twice. For one thread. */
final class StreamWriter {

  static final String MEDIA_TYPE = "text/event-stream";

  private static final byte[] OPENING = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);
  static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpServletResponse response;
  private final Place place;

  /**
   * @param seen the sequence of the last event the reader has
   */
  StreamWriter(HttpServletResponse response, long seen) {
    this.response = response;
    this.place = new Place(seen);
  }

  /** Up to where the reader has been told. */
  Place place() {
    return place;
  }

  /**
   * Begins the answer.
   *
   * @param last whether nothing but the stream will follow on the connection
   */
  void open(boolean last) throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MEDIA_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    if (last) {
      // It ends where the connection does: what follows needs no lengths before it.
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    response.getOutputStream().write(OPENING);
    response.flushBuffer();
  }

  void ping() throws IOException {
    response.getOutputStream().write(PING);
    response.flushBuffer();
  }

  /** Writes what comes after the reader's place, and what has no place. */
  void write(Portion portion) throws IOException {
    response.getOutputStream().write(place.advance(portion));
    response.flushBuffer();
  }

  /**
   * The same for several portions, sent together.
   *
   * @return whether the last of it ends the stream
   */
  boolean write(List<Portion> portions) throws IOException {
    for (Portion portion : portions) {
      response.getOutputStream().write(place.advance(portion));
    }
    response.flushBuffer();
    return place.isOver();
  }
}

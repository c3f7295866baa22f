package io.legwork.producer.web;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads JSON bodies within bounds of size, time and memory. Thread-safe. */
public final class BodyReader {

  private static final int STEP = 16 * 1024;

  private final ByteBudget budget;
  private final Duration patience;
  private final InstantSource clock;

  BodyReader(ByteBudget budget, Duration patience, InstantSource clock) {
    this.budget = budget;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Reads the body.
   *
   * @param limit how many bytes it may have: nothing is read if it announces more, and reading
   *     stops as soon as there are more
   * @throws ProblemException if it is not JSON by its headers, too large or too slow, or if too
   *     many bodies are in memory
   */
  public Body read(HttpServletRequest request, int limit) {
    requireJson(request);
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    ByteBudget.Share share = budget.open();
    try {
      return new Body(readAll(request, limit, share), share);
    } catch (SocketTimeoutException slow) {
      share.close();
      throw tooSlow();
    } catch (IOException broken) {
      share.close();
      throw new ProblemException(
          ProblemType.BAD_REQUEST, "the body ended early or was not transferred correctly");
    } catch (RuntimeException refused) {
      share.close();
      throw refused;
    }
  }

  /**
   * What is announced is only believed as far as a step goes: memory is taken for what has come.
   */
  private byte[] readAll(HttpServletRequest request, int limit, ByteBudget.Share share)
      throws IOException {
    Instant deadline = clock.instant().plus(patience);
    InputStream in = request.getInputStream();
    long announced = request.getContentLengthLong();
    byte[] bytes = new byte[announced < 0 ? STEP : (int) Math.min(announced, STEP) + 1];
    int size = 0;
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes, size, bytes.length - size)) {
      size += read;
      if (size > limit) {
        throw tooLarge(limit);
      }
      if (clock.instant().isAfter(deadline)) {
        throw tooSlow();
      }
      share.take(read);
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  private static ProblemException tooLarge(int limit) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "the body may have at most %,d bytes".formatted(limit));
  }

  private ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT,
        "the body did not arrive within %d s".formatted(patience.toSeconds()));
  }

  private static void requireJson(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("a content encoding is not accepted");
    }
    MediaType type = contentType(request.getContentType());
    if (type == null || !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
      throw unsupported("the Content-Type must be application/json");
    }
    Charset charset = charset(type);
    if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
      throw unsupported("the charset must be UTF-8");
    }
  }

  private static @Nullable MediaType contentType(@Nullable String header) {
    try {
      return header == null ? null : MediaType.parseMediaType(header);
    } catch (InvalidMediaTypeException malformed) {
      return null;
    }
  }

  private static @Nullable Charset charset(MediaType type) {
    try {
      return type.getCharset();
    } catch (IllegalArgumentException unknown) {
      throw unsupported("the charset must be UTF-8");
    }
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}

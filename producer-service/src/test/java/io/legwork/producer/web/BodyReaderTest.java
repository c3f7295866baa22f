package io.legwork.producer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyReaderTest {

  private static final int LIMIT = 100;

  private Instant now = Instant.parse("2027-01-01T00:00:00Z");
  private final ByteBudget budget = new ByteBudget(150);
  private final BodyReader reader = new BodyReader(budget, Duration.ofSeconds(30), () -> now);

  @Test
  void readsABodyAndFreesItsMemory() {
    try (Body body = reader.read(aRequest("{}"), LIMIT)) {
      assertThat(body.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
      assertThat(budget.taken()).isEqualTo(2);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void acceptsABodyOfJustTheLimitAndNoByteMore() {
    try (Body body = reader.read(aRequest(" ".repeat(LIMIT)), LIMIT)) {
      assertThat(body.bytes()).hasSize(LIMIT);
    }
    expectProblem(aRequest(" ".repeat(LIMIT + 1)), ProblemType.BODY_TOO_LARGE);
    expectProblem(anUnmeasured(" ".repeat(LIMIT + 1)), ProblemType.BODY_TOO_LARGE);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void refusesBodiesThatDoNotFitIntoMemoryTogether() {
    try (Body _ = reader.read(aRequest(" ".repeat(90)), LIMIT)) {
      expectProblem(aRequest(" ".repeat(90)), ProblemType.OVERLOADED);
      assertThat(budget.taken()).isEqualTo(90);
    }
  }

  @Test
  void losesPatienceWithABodyThatTrickles() {
    expectProblem(
        streaming(() -> {
          now = now.plusSeconds(5);
          return ' ';
        }),
        ProblemType.REQUEST_TIMEOUT);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void saysThatABodyStalledOrBroke() {
    expectProblem(
        streaming(() -> {
          throw new SocketTimeoutException();
        }),
        ProblemType.REQUEST_TIMEOUT);
    expectProblem(
        streaming(() -> {
          throw new IOException("reset");
        }),
        ProblemType.BAD_REQUEST);
  }

  @Test
  void acceptsJsonInUtf8Only() {
    for (String type : new String[] {"application/json", "APPLICATION/JSON; Charset=utf-8"}) {
      MockHttpServletRequest request = aRequest("{}");
      request.setContentType(type);
      reader.read(request, LIMIT).close();
    }
    MockHttpServletRequest latin = aRequest("{}");
    latin.setContentType("application/json; charset=iso-8859-1");
    expectProblem(latin, ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  private void expectProblem(MockHttpServletRequest request, ProblemType type) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> reader.read(request, LIMIT))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  private static MockHttpServletRequest aRequest(String body) {
    var request = new MockHttpServletRequest("POST", "/v1/tasks");
    request.setContentType("application/json");
    request.setContent(body.getBytes(StandardCharsets.UTF_8));
    return request;
  }

  private static MockHttpServletRequest anUnmeasured(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int[] next = {0};
    return streaming(() -> next[0] < bytes.length ? bytes[next[0]++] : -1);
  }

  /** Gives the next byte, or -1 after the last one. */
  @FunctionalInterface
  private interface Bytes {
    int next() throws IOException;
  }

  private static MockHttpServletRequest streaming(Bytes bytes) {
    var request =
        new MockHttpServletRequest("POST", "/v1/tasks") {
          @Override
          public ServletInputStream getInputStream() {
            return new OneByOne(bytes);
          }
        };
    request.setContentType("application/json");
    return request;
  }

  /** A connection over which one byte arrives at a time. */
  private static final class OneByOne extends ServletInputStream {

    private final Bytes bytes;

    private OneByOne(Bytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      return bytes.next();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int next = read();
      if (next >= 0) {
        target[offset] = (byte) next;
      }
      return next < 0 ? -1 : 1;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }
}

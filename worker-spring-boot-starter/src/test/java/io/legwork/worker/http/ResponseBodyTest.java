package io.legwork.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class ResponseBodyTest {

  private final TestServer server = new TestServer();
  private final TestedHandler handler = new TestedHandler();

  @AfterEach
  void stop() {
    server.close();
    handler.close();
  }

  @Test
  void keepsOnlyTheBeginningOfALargeAnswer() throws InterruptedException {
    server.behave(TestServer::answerWithoutEnd);

    JsonNode result = succeeded("{\"url\": \"%s\", \"maxResponseBytes\": 1000}");

    assertThat(result.path("truncated").booleanValue()).isTrue();
    assertThat(result.path("body").stringValue()).hasSize(1000).matches("a+");
  }

  @Test
  void doesNotCutACharacterInTwo() throws InterruptedException {
    server.answer(200, "€€", "Content-Type", "text/plain");

    assertThat(succeeded("{\"url\": \"%s\", \"maxResponseBytes\": 4}").path("body"))
        .isEqualTo(TestedHandler.json("\"€\""));
  }

  @Test
  void keepsTextInItsCharset() throws InterruptedException {
    server.answer(
        200,
        "é".getBytes(StandardCharsets.ISO_8859_1),
        "Content-Type",
        "text/plain; charset=iso-8859-1");

    assertThat(succeeded("{\"url\": \"%s\"}").path("body")).isEqualTo(TestedHandler.json("\"é\""));
  }

  @Test
  void keepsBytesThatAreNoTextAsBase64() throws InterruptedException {
    server.answer(200, new byte[] {(byte) 0xff, 0, 1}, "Content-Type", "image/png");

    JsonNode result = succeeded("{\"url\": \"%s\"}");

    assertThat(result.path("bodyBase64")).isEqualTo(TestedHandler.json("\"/wAB\""));
    assertThat(result.has("body")).isFalse();
  }

  @Test
  void keepsTextWithControlCharactersAsBase64() throws InterruptedException {
    server.answer(200, "a\0b", "Content-Type", "text/plain");

    assertThat(succeeded("{\"url\": \"%s\"}").path("bodyBase64"))
        .isEqualTo(TestedHandler.json("\"YQBi\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "\n", "\u0001", "ä", "\u2028", "x"})
  void theLargestAnswerFitsIntoAResult(String filling) throws InterruptedException {
    server.answer(
        200, filling.repeat(500_000), "Content-Type", "text/plain", "Link", "\"".repeat(9999));

    JsonNode result = succeeded("{\"url\": \"%s\", \"maxResponseBytes\": 409600}");

    assertThat(result.path("truncated").booleanValue()).isTrue();
    assertThat(result.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1 << 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                 | {"a":
          application/json; charset=utf-99 | not json
          text/html                        | [1]
          %                                | [1]
          """)
  void keepsAsTextWhatIsNotJson(String contentType, String body) throws InterruptedException {
    server.answer(200, body, "Content-Type", contentType);

    assertThat(succeeded("{\"url\": \"%s\"}").path("body").stringValue()).isEqualTo(body);
  }

  private JsonNode succeeded(String template) throws InterruptedException {
    return handler.succeeded(server.fill(template));
  }
}

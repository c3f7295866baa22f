package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.producer.RawHttp.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem, never a 500, and nothing is stored. */
class HostileRequestsIT {

  private static final String TASK = "{\"type\":\"echo\",\"payload\":1}";

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final RawHttp raw = new RawHttp(producer.port());
  private int storedBefore;

  @BeforeEach
  void count() {
    storedBefore = producer.stored();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(producer.stored()).isEqualTo(storedBefore);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'echo','payload':1,'status':'SUCCEEDED'} | 422 | invalid-task | #/status",
        "{'payload':1} | 422 | invalid-task | #/type",
        "{'type':'nothing','payload':1} | 422 | invalid-task | #/type",
        "{'type':7,'payload':1} | 422 | invalid-task | #/type",
        "{'type':'echo','payload':1,'tags':'a'} | 422 | invalid-task | #/tags",
        "{'type':'echo','payload':'\\u0000'} | 422 | invalid-task | #/payload",
        "{'type':'echo','payload':1,'delay':'-5s'} | 422 | invalid-task | #/delay",
        "{'type':'echo','payload':1,'runAt':'2027-01-01T00:00:00'} | 422 | invalid-task | #/runAt",
        "{'type':'echo','payload':1,'queue':'x'} | 422 | invalid-task | #/queue",
        "{'type':'echo','type':'echo','payload':1} | 400 | malformed-json | #/type",
        "{'type':'echo','payload':{'a':1,'a':2}} | 400 | malformed-json | #/payload/a",
        "[] | 422 | invalid-task | #",
        "{'type':'echo','payload':1e400} | 400 | malformed-json | #/payload",
        "{'type':'echo','payload':1}{} | 400 | malformed-json | #",
        "nonsense | 400 | malformed-json | #"
      })
  void refusesWhatIsNoTask(String body, int status, String code, String pointer) {
    Answer answer = producer.post("/v1/tasks", body);

    expectProblem(answer, status, code);
    assertThat(answer.pointers()).containsExactly(pointer);
  }

  @Test
  void refusesDeepNesting() {
    Answer answer =
        producer.post(
            "/v1/tasks",
            "{'type':'echo','payload':" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

    expectProblem(answer, 400, "malformed-json");
    assertThat(answer.pointers().getFirst()).startsWith("#/payload");
  }

  @Test
  void namesTheKnownTypes() {
    Answer answer = producer.post("/v1/tasks", "{'type':'nothing','payload':1}");

    assertThat(answer.text("detail")).contains("echo, image.thumbnail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/tasks",
        "/v1/tasks/018f2c3e-7b1a-7cc0-8000-000000000000/redrive",
        "/v1/subscriptions/018f2c3e-7b1a-7cc0-8000-000000000000/test",
        "/v1/deliveries/redeliver",
        "/v1/attempts/nonsense/outcome"
      })
  void refusesWebhooksOfItsOwn(String path) {
    Reply reply =
        raw.send(
            "POST %s HTTP/1.1\nHost: localhost\nUser-Agent: Legwork-Webhooks/1.0\n".formatted(path)
                + "Content-Type: application/json\nContent-Length: %d\n\n".formatted(TASK.length())
                + TASK);

    expectProblem(reply, 508, "loop-detected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'tasks':7}",
        "{'tasks':[]}",
        "{'tasks':[{'type':'echo','payload':1}],'atomic':true}",
        "{'type':'echo','payload':1}"
      })
  void refusesWhatIsNoBatch(String body) {
    expectProblem(producer.post("/v1/tasks/batch", body), 422, "invalid-batch");
  }

  @Test
  void refusesABatchOfMoreThanAThousand() {
    String tasks = (TASK + ",").repeat(1000) + TASK;

    expectProblem(
        producer.post("/v1/tasks/batch", "{'tasks':[" + tasks + "]}"), 422, "invalid-batch");
  }

  @Test
  void refusesABodyThatIsTooLargeWithoutReadingIt() {
    Reply reply = raw.send(head("Content-Type: application/json\nContent-Length: 300000\n"));

    expectProblem(reply, 413, "body-too-large");
    assertThat(reply.text()).contains("Connection: close");
  }

  @Test
  void stopsReadingAChunkedBodyAtTheLimit() {
    String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";

    Reply reply =
        raw.stream(
            head("Content-Type: application/json\nTransfer-Encoding: chunked\n"), chunk, 20_000);

    expectProblem(reply, 413, "body-too-large");
  }

  @Test
  void acceptsChunksUpToTheLimit() {
    String padding = "400\r\n" + " ".repeat(1024) + "\r\n";
    String body = padding.repeat(255) + "%x\r\n%s\r\n0\r\n\r\n".formatted(TASK.length(), TASK);

    Reply reply =
        raw.stream(head("Content-Type: application/json\nTransfer-Encoding: chunked\n"), body, 1);

    assertThat(reply.status()).isEqualTo(202);
    storedBefore++;
  }

  @Test
  void refusesABodyThatIsNotChunkedCorrectly() {
    Reply reply =
        raw.send(head("Content-Type: application/json\nTransfer-Encoding: chunked\n") + "zzz\nx\n");

    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "application/json-patch+json",
        "*/*",
        "nonsense"
      })
  void refusesOtherTypesOfBodies(String type) {
    Answer answer =
        producer.send(
            producer
                .request("/v1/tasks", "Content-Type", type)
                .POST(BodyPublishers.ofString(TASK)));

    expectProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void refusesABodyWithoutATypeAndOneThatIsCompressed() {
    var untyped = producer.request("/v1/tasks").POST(BodyPublishers.ofString(TASK));
    var compressed =
        producer
            .request("/v1/tasks", "Content-Type", "application/json", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString(TASK));

    expectProblem(producer.send(untyped), 415, "unsupported-media-type");
    expectProblem(producer.send(compressed), 415, "unsupported-media-type");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin1 =
        "{\"type\":\"echo\",\"payload\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1);

    Answer answer =
        producer.send(
            producer
                .request("/v1/tasks", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin1)));

    expectProblem(answer, 400, "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "a b", "\"a", "a\"b", "\"a\";x=1", "ü"})
  void refusesKeysThatAreNone(String key) {
    Reply reply =
        raw.send(
            head(
                    "Content-Type: application/json\nContent-Length: %d\nIdempotency-Key: %s\n"
                        .formatted(TASK.length(), key))
                + TASK);

    expectProblem(reply, 400, "invalid-idempotency-key");
  }

  @Test
  void refusesLongAndRepeatedKeys() {
    Answer longKey = producer.post("/v1/tasks", TASK, "Idempotency-Key", "k".repeat(256));
    Answer twice = producer.post("/v1/tasks", TASK, "Idempotency-Key", "a", "Idempotency-Key", "b");

    expectProblem(longKey, 400, "invalid-idempotency-key");
    expectProblem(twice, 400, "invalid-idempotency-key");
  }

  private static String head(String headers) {
    return "POST /v1/tasks HTTP/1.1\nHost: localhost\n" + headers + "\n";
  }
}

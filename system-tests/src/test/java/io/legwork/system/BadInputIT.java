package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cannot be a task is refused with a problem that names the field; nothing is stored. */
class BadInputIT {

  private static final int LIMIT = 256 * 1024;

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();
  private long stored;

  @BeforeEach
  void countWhatIsStored() {
    stored = stored();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(stored()).isEqualTo(stored);
    assertThat(legwork.producer().isReady()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Unknown fields
        "{'type':'echo','payload':1,'colour':'red'}                          | #/colour",
        "{'type':'echo','payload':1,'retry':{'often':true}}                  | #/retry/often",
        "{'type':'echo','payload':1,'callback':{'url':'http://a','x':1}}     | #/callback/x",
        // Wrong types
        "{'type':5,'payload':1}                                              | #/type",
        "{'type':'echo','payload':1,'queue':['default']}                     | #/queue",
        "{'type':'echo','payload':1,'maxAttempts':'many'}                    | #/maxAttempts",
        "{'type':'echo','payload':1,'maxAttempts':2.5}                       | #/maxAttempts",
        "{'type':'echo','payload':1,'tags':'urgent'}                         | #/tags",
        "{'type':'echo','payload':1,'tags':[{}]}                             | #/tags/0",
        "{'type':'echo','payload':1,'metadata':{'a':{}}}                     | #/metadata/a",
        "{'type':'echo','payload':1,'retry':7}                               | #/retry",
        "{'type':'echo','payload':1,'callback':'http://127.0.0.1'}           | #/callback",
        "{'type':'echo','payload':1,'priority':3}                            | #/priority",
        // Values that make no sense
        "{'payload':1}                                                       | #/type",
        "{'type':'','payload':1}                                             | #/type",
        "{'type':'echo','payload':1,'priority':'urgent'}                     | #/priority",
        "{'type':'echo','payload':1,'queue':'no-such-queue'}                 | #/queue",
        "{'type':'echo','payload':1,'maxAttempts':0}                         | #/maxAttempts",
        "{'type':'echo','payload':1,'maxAttempts':101}                       | #/maxAttempts",
        "{'type':'echo','payload':1,'maxAttempts':99999999999}               | #/maxAttempts",
        "{'type':'echo','payload':1,'delay':'-5s'}                           | #/delay",
        "{'type':'echo','payload':1,'delay':'PT-5S'}                         | #/delay",
        "{'type':'echo','payload':1,'delay':'soon'}                          | #/delay",
        "{'type':'echo','payload':1,'runAt':'2027-01-01T00:00:00'}           | #/runAt",
        "{'type':'echo','payload':1,'runAt':'2027-02-30T00:00:00Z'}          | #/runAt",
        "{'type':'echo','payload':1,'runAt':'+999999999-01-01T00:00:00Z'}    | #/runAt",
        "{'type':'echo','payload':1,'deadline':'tomorrow'}                   | #/deadline",
        "{'type':'echo','payload':1,'timeout':'0s'}                          | #/timeout",
        "{'type':'echo','payload':1,'retry':{'initial':'-1s'}}               | #/retry/initial",
        "{'type':'echo','payload':1,'retry':{'factor':0}}                    | #/retry/factor",
        "{'type':'echo','payload':1,'callback':{}}                           | #/callback/url",
        "{'type':'echo','payload':1,'callback':{'url':'ftp://a/b'}}          | #/callback/url",
        "{'type':'echo','payload':1,'callback':{'url':'http://a','secret':'x'}} | #/callback/secret",
        // NUL, which PostgreSQL cannot store in text
        "{'type':'echo','payload':1,'tags':['a\\u0000b']}                    | #/tags/0",
        "{'type':'echo','payload':1,'metadata':{'a':'\\u0000'}}              | #/metadata/a",
        "{'type':'e\\u0000','payload':1}                                     | #/type",
        "{'type':'echo','payload':{'a':['b\\u0000']}}                        | #/payload/a/0",
        // Duplicate keys, of which readers would see different ones
        "{'type':'echo','type':'http.request','payload':1}                   | #/type",
        "{'type':'echo','payload':{'a':1,'a':2}}                             | #/payload/a",
      })
  void isRefusedNamingTheField(String body, String pointer) {
    var answer = api.post("/v1/tasks", body.strip().replace('\'', '"'));

    answer.expectProblem(400, 422);
    assertThat(answer.pointers()).as(() -> answer.body().toString()).contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[]", "null", "7", "\"task\"", "{} {}", "{'type':'echo'}"})
  void isRefusedWhenItIsNoJsonObject(String body) {
    api.post("/v1/tasks", body).expectProblem(400, 422);
  }

  @Test
  void isRefusedNamingTheKnownTypes() {
    var answer = api.post("/v1/tasks", aTask("no.such.type", 1)).expectProblem(422);

    assertThat(answer.pointers()).contains("#/type");
    assertThat(answer.body().toString())
        .contains("http.request", "image.thumbnail", "csv.profile", "echo");
  }

  @Test
  void isRefusedWhenBothDelayAndTimeAreGiven() {
    var task = aTask("echo", 1).put("delay", "5s").put("runAt", "2030-01-01T00:00:00Z");

    api.post("/v1/tasks", task).expectProblem(400, 422);
  }

  @Test
  void isRefusedWhenItIsTooLarge() {
    api.post("/v1/tasks", aTask("echo", "x".repeat(LIMIT))).expectProblem(413);
  }

  @Test
  void isRefusedWhenItIsTooLargeAndDoesNotSaySoBeforehand() {
    api.postChunked("/v1/tasks", aTask("echo", "x".repeat(LIMIT)).toString()).expectProblem(413);
    api.postChunked("/v1/tasks", aTask("echo", "x".repeat(20 * LIMIT)).toString())
        .expectProblem(413);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 100_000})
  void isRefusedWhenItIsNestedTooDeeply(int depth) {
    var nested = "[".repeat(depth) + "]".repeat(depth);

    api.post("/v1/tasks", "{\"type\":\"echo\",\"payload\":" + nested + "}").expectProblem(400, 422);
  }

  @Test
  void isRefusedWhenANumberIsAbsurdlyLong() {
    api.post("/v1/tasks", "{\"type\":\"echo\",\"payload\":" + "9".repeat(100_000) + "}")
        .expectProblem(400, 422);
  }

  @Test
  void isRefusedWhenItIsNotJsonByItsOwnAccount() {
    api.post("/v1/tasks", "type=echo", "Content-Type", "application/x-www-form-urlencoded")
        .expectProblem(415);
  }

  @Test
  void isRefusedWhereNothingCanBePosted() {
    api.post("/v1/nothing", aTask("echo", Map.of())).expectProblem(404);
    api.post("/v1/tasks/00000000-0000-7000-8000-000000000000", aTask("echo", 1))
        .expectProblem(404, 405);
  }

  private long stored() {
    return legwork.count("select count(*) from task_input");
  }
}

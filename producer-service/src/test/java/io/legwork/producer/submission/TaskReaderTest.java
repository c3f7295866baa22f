package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.Callback;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.Start;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskReaderTest {

  @Test
  void givesWhatWasNotAskedForItsDefault() {
    NewTask task = Readers.read("{'type':'echo','payload':{'n':1}}");

    assertThat(task.tenant()).isEqualTo("default");
    assertThat(task.queue()).isEqualTo("default");
    assertThat(task.priority()).isEqualTo(Priority.NORMAL);
    assertThat(task.payload().text()).isEqualTo("{\"n\":1}");
    assertThat(task.start()).isEqualTo(new Start.Immediately());
    assertThat(task.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(task.maxAttempts()).isEqualTo(5);
    assertThat(task.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(task.tags()).isEmpty();
    assertThat(task.metadata()).isEmpty();
    assertThat(task.deadline()).isNull();
    assertThat(task.callback()).isNull();
  }

  @Test
  void readsEveryField() {
    NewTask task =
        Readers.read(
            """
            {'type':'image.thumbnail', 'payload':[1, 2], 'queue':'bulk', 'priority':'high',
             'runAt':'2027-01-02T00:00:00Z', 'deadline':'2027-01-03T00:00:00+01:00',
             'timeout':'90s', 'maxAttempts':3, 'retry':{'initial':'1s','max':'PT1M','factor':1.5},
             'tags':['a','b:c','a'], 'metadata':{'order':'4711'},
             'callback':{'url':'https://example.org/hook?x=1',
                         'secret':'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'}}
            """);

    assertThat(task.type()).isEqualTo("image.thumbnail");
    assertThat(task.payload().text()).isEqualTo("[1, 2]");
    assertThat(task.queue()).isEqualTo("bulk");
    assertThat(task.priority()).isEqualTo(Priority.HIGH);
    assertThat(task.start()).isEqualTo(new Start.At(Instant.parse("2027-01-02T00:00:00Z")));
    assertThat(task.deadline()).isEqualTo(Instant.parse("2027-01-02T23:00:00Z"));
    assertThat(task.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(task.maxAttempts()).isEqualTo(3);
    assertThat(task.retry())
        .isEqualTo(new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), 1.5));
    assertThat(task.tags()).containsExactly("a", "b:c");
    assertThat(task.metadata()).isEqualTo(Map.of("order", "4711"));
    assertThat(task.callback())
        .isEqualTo(
            new Callback(
                URI.create("https://example.org/hook?x=1"),
                "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"));
  }

  @Test
  void givesWhatWasNotAskedForTheDefaultOfItsHandler() {
    NewTask task = Readers.read("{'type':'greet','payload':{'times':1}}");

    assertThat(task.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(task.maxAttempts()).isEqualTo(2);
    assertThat(task.retry()).isEqualTo(Readers.GREET.retry());
  }

  @Test
  void prefersWhatTheTaskAsksForToTheDefaultOfItsHandler() {
    NewTask task =
        Readers.read("{'type':'greet','payload':{'times':1},'timeout':'8s','maxAttempts':3}");

    assertThat(task.timeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(task.maxAttempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                             | #/payload/times     | is missing
          {'times':'1'}                  | #/payload/times     | string found, integer expected
          {'times':1,'nmae':'A'}         | #/payload/nmae      | is not a field that the handler knows
          {'times':1,'name':7}           | #/payload/name      | integer found, [string, null] expected
          {'times':1,'a/b':[1,'x']}      | #/payload/a~1b/1    | string found, number expected
          []                             | #/payload           | array found, object expected
          """)
  void refusesAPayloadThatItsHandlerCannotRead(String payload, String pointer, String detail) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Readers.read("{'type':'greet','payload':" + payload + "}"))
        .satisfies(refused -> {
          assertThat(refused.problem().type()).isEqualTo(ProblemType.INVALID_TASK);
          assertThat(refused.problem().errors())
              .anySatisfy(error -> {
                assertThat(error.pointer().fragment()).isEqualTo(pointer);
                assertThat(error.detail()).contains(detail);
              });
        });
  }

  @Test
  void takesANullForAnAbsentField() {
    NewTask task = Readers.read("{'type':'echo','payload':null,'queue':null,'callback':null}");

    assertThat(task.payload().text()).isEqualTo("null");
    assertThat(task.queue()).isEqualTo("default");
    assertThat(task.callback()).isNull();
  }

  @Test
  void fillsInTheOtherBoundOfARetryPolicy() {
    assertThat(retry("{'initial':'1h'}").max()).isEqualTo(Duration.ofHours(1));
    assertThat(retry("{'max':'1s'}").initial()).isEqualTo(Duration.ofSeconds(1));
    assertThat(retry("{}")).isEqualTo(RetryPolicy.DEFAULT);
  }

  /** Each line: members beside a valid type and payload | pointer | a part of the detail. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/invalid-members.txt",
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000)
  void refusesAnInvalidMember(String members, String pointer, String detail) {
    Problem problem = refusal("{'type':'echo','payload':{}," + members + "}");

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TASK);
    assertThat(problem.errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.pointer()).hasToString(pointer);
          assertThat(error.detail()).contains(detail);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'java.util.List<X>'",
        "'../../x'",
        "'a..b'",
        "'.a'",
        "'a.'",
        "'a b'",
        "'\uD83D\uDE00'",
        "'a\\u0000'",
        "7",
        "null",
        "true",
        "['echo']",
        "{}"
      })
  void refusesAnInvalidType(String type) {
    Problem problem = refusal("{'type':" + type + ",'payload':1}");

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TASK);
    assertThat(problem.errors()).extracting(e -> e.pointer().fragment()).containsExactly("#/type");
  }

  @Test
  void namesTheKnownTypesToWhoeverSentAnother() {
    assertThat(refusal("{'type':'java.lang.Runtime','payload':1}").detail())
        .contains("java.lang.Runtime", "echo, greet, image.thumbnail");
    assertThat(refusal("{'type':'" + "a".repeat(300) + "','payload':1}").detail())
        .contains("100 characters")
        .doesNotContain("aaaa");
  }

  @Test
  void namesTheQueuesToWhoeverSentAnother() {
    assertThat(refusal("{'type':'echo','payload':1,'queue':'x'}").detail())
        .contains("default, bulk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"[]|an array", "7|a number", "'x'|a string", "null|null", "true|a boolean"})
  void refusesWhatIsNoObject(String text, String kind) {
    assertThat(refusal(text).errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.pointer()).hasToString("#");
          assertThat(error.detail()).isEqualTo("must be an object, not " + kind);
        });
  }

  @Test
  void tellsAllErrorsAtOnce() {
    Problem problem =
        refusal(
            """
            {'status':'SUCCEEDED','queue':'x','delay':'-5s','maxAttempts':0,'tags':'a',
             'callback':{'secret':'x','port':1},'metadata':{'k':'\\u0000'}}
            """);

    assertThat(problem.errors())
        .extracting(error -> error.pointer().fragment())
        .containsExactlyInAnyOrder(
            "#/type",
            "#/payload",
            "#/status",
            "#/queue",
            "#/delay",
            "#/maxAttempts",
            "#/tags",
            "#/callback/url",
            "#/callback/secret",
            "#/callback/port",
            "#/metadata/k");
  }

  @Test
  void boundsWhatItTells() {
    String unknown =
        IntStream.range(0, 900).mapToObj(i -> "'f" + i + "':0").collect(Collectors.joining(","));

    Problem problem = refusal("{" + unknown + "}");

    assertThat(problem.errors()).hasSize(20);
    assertThat(problem.detail()).contains("more)");
  }

  @Test
  void findsFlawsInThePayload() {
    assertThat(refusal("{'type':'echo','payload':{'a':['\\u0000']}}").errors())
        .singleElement()
        .satisfies(error -> assertThat(error.pointer()).hasToString("#/payload/a/0"));
  }

  private static RetryPolicy retry(String retry) {
    return Readers.read("{'type':'echo','payload':1,'retry':" + retry + "}").retry();
  }

  private static Problem refusal(String text) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Readers.read(text))
        .actual()
        .problem();
  }
}

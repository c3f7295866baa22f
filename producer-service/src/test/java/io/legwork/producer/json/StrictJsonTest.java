package io.legwork.producer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.problems.FieldError;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.json.JsonValue.JsonArray;
import io.legwork.producer.json.JsonValue.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static final JsonShape SHAPE = new JsonShape("payload", 1, 10_000, 1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1}}",
        "{\"a\":1} {\"b\":2}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[01]",
        "[+1]",
        "[.5]",
        "[5.]",
        "[1e400]",
        "[-1e400]",
        "[1e-400]",
        "// comment\n{}",
        "{} # comment",
        "/* comment */ {}",
        "\uFEFF{}",
        "[\"a\nb\"]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "{\"a\":\0}",
        "tru",
        "undefined"
      })
  void refusesWhatIsNoDocument(String text) {
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)).type())
        .isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "stray continuation, 5b2280225d",
    "overlong slash, 5b22c0af225d",
    "overlong NUL, 5b22c080225d",
    "surrogate, 5b22eda080225d",
    "above U+10FFFF, 5b22f4908080225d",
    "cut short, 5b22e282225d",
    "Latin-1, 5b22fc225d"
  })
  void refusesWhatIsNotUtf8(String name, String hex) {
    Problem problem = refusal(HexFormat.of().parseHex(hex));

    assertThat(problem.type()).as(name).isEqualTo(ProblemType.MALFORMED_JSON);
    assertThat(problem.detail()).contains("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void guessesNoOtherEncoding(String encoding) {
    assertThat(refusal("{\"type\":\"echo\"}".getBytes(Charset.forName(encoding))).type())
        .isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'a':2}|#/a",
        "{'x':{'b':1,'b':1}}|#/x/b",
        "{'payload':{'c':[{'d':1,'d':1}]}}|#/payload/c/0/d",
        "{'a':1,'\\u0061':2}|#/a"
      })
  void refusesDuplicateNames(String text, String pointer) {
    Problem problem = refusal(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

    assertThat(problem.errors()).extracting(e -> e.pointer().fragment()).containsExactly(pointer);
    assertThat(problem.detail()).contains("occurs twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"payload\":[", "{\"payload\":["})
  void refusesDeepNesting(String opening) {
    Problem problem = refusal(opening.repeat(100_000).getBytes(StandardCharsets.UTF_8));

    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_JSON);
    assertThat(problem.detail()).contains("depth").doesNotContain("StreamReadConstraints");
    assertThat(problem.errors().getFirst().pointer().fragment()).startsWith("#");
  }

  @Test
  void acceptsTheDeepestNestingAllowed() {
    String text = "[".repeat(64) + "]".repeat(64);

    assertThat(read(text).root().size()).isEqualTo(text.length());
  }

  @Test
  void refusesLongNumbersAndNames() {
    assertThat(refusal(("[" + "1".repeat(5000) + "]").getBytes(StandardCharsets.UTF_8)).detail())
        .doesNotContain("`");
    assertThat(
            refusal(("{\"" + "n".repeat(60_000) + "\":1}").getBytes(StandardCharsets.UTF_8)).type())
        .isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void boundsHowMuchIsTakenApart() {
    String many = "[" + "1,".repeat(1000) + "1]";

    assertThat(refusal(("{\"tags\":" + many + "}").getBytes(StandardCharsets.UTF_8)).detail())
        .contains("too many values");
    assertThat(read("{\"payload\":" + many + "}").root()).isInstanceOf(JsonObject.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"k\": [1, 2.50, -3e7] }",
        "[ ]",
        "\"sch\\u00f6n \\\" schön \uD83D\uDE00\"",
        "-12.5e3",
        "0",
        "true",
        "false",
        "null",
        "{\"a\":{\"b\":[{}]}}"
      })
  void keepsTheBytesOfAnOpaqueValue(String payload) {
    JsonDocument document = read("{\"x\" : 1,\n \"payload\" :  " + payload + "  , \"y\":2}");

    JsonValue value = member(document, "payload");
    assertThat(document.slice(value).text()).isEqualTo(payload);
  }

  @Test
  void knowsTheBytesOfEveryValue() {
    String text = "{\"a\":[\"ü\", 12 ,true,null,false,1.5],\"b\":{\"c\":\"\"}}";
    JsonDocument document = read(text);

    assertThat(document.slice(document.root()).text()).isEqualTo(text);
    assertThat(document.slice(member(document, "b")).text()).isEqualTo("{\"c\":\"\"}");
    assertThat(
            ((JsonArray) member(document, "a"))
                .items().stream().map(item -> document.slice(item).text()).toList())
        .containsExactly("\"ü\"", "12", "true", "null", "false", "1.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':'x\\u0000'}|#/a|NUL",
        "{'payload':{'b':['\\u0000']}}|#/payload/b/0|NUL",
        "{'payload':{'b\\u0000':1}}|#/payload|NUL",
        "{'c\\u0000':1}|#|NUL",
        "{'a':'\\ud800'}|#/a|surrogate",
        "{'a':'\\udc00\\ud800'}|#/a|surrogate",
        "{'payload':['\\ud83dx']}|#/payload/0|surrogate"
      })
  void findsTextThatCannotBeStored(String text, String pointer, String reason) {
    JsonDocument document = read(text.replace('\'', '"'));

    assertThat(document.flawsIn(document.root())).hasSize(1);
    FieldError flaw = document.flawsIn(document.root()).getFirst();
    assertThat(flaw.pointer()).hasToString(pointer);
    assertThat(flaw.detail()).contains(reason);
  }

  @Test
  void toleratesDuplicatesOnlyInWhatIsTooLargeAnyway() {
    String members =
        IntStream.range(0, 2000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));

    JsonDocument document = read("{\"payload\":{" + members + ",\"k1999\":1}}");

    JsonValue payload = member(document, "payload");
    assertThat(payload.size()).isGreaterThan(SHAPE.opaqueSize());
  }

  private static JsonDocument read(String text) {
    return StrictJson.read(text.getBytes(StandardCharsets.UTF_8), SHAPE);
  }

  private static JsonValue member(JsonDocument document, String name) {
    return Objects.requireNonNull(((JsonObject) document.root()).members().get(name));
  }

  private static Problem refusal(byte[] bytes) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> StrictJson.read(bytes, SHAPE))
        .actual()
        .problem();
  }
}

package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyHeaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"8e03978e-40d5\" | 8e03978e-40d5",
        "8e03978e-40d5 | 8e03978e-40d5",
        "\"a\\\"b\\\\c\" | a\"b\\c",
        "a,b;c=d | a,b;c=d",
        "~ | ~"
      })
  void readsBothForms(String header, String key) {
    assertThat(IdempotencyHeader.read(List.of(header))).isEqualTo(key);
  }

  @Test
  void isAbsentWithoutAHeader() {
    assertThat(IdempotencyHeader.read(List.of())).isNull();
  }

  @Test
  void acceptsTheLongestKeyAndNoLongerOne() {
    assertThat(IdempotencyHeader.read(List.of("k".repeat(255)))).hasSize(255);
    assertThat(IdempotencyHeader.read(List.of('"' + "\\\"".repeat(255) + '"'))).hasSize(255);
    expectRefusal(List.of("k".repeat(256)));
    expectRefusal(List.of('"' + "k".repeat(256) + '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"",
        "\"a",
        "a\"",
        "\"a\"b",
        "\"a\"; p=1",
        "\"a\\x\"",
        "a b",
        "\"a b\"",
        "a\tb",
        "a\0b",
        "ü",
        "\u007f"
      })
  void refusesWhatIsNone(String header) {
    expectRefusal(List.of(header));
  }

  @Test
  void refusesSeveral() {
    expectRefusal(List.of("a", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false",
    "nonsense, false"
  })
  void keepsOnlyAValidTrace(String header, boolean valid) {
    assertThat(Origin.validTraceparent(header)).isEqualTo(valid ? header : null);
  }

  private static void expectRefusal(List<String> headers) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> IdempotencyHeader.read(headers))
        .satisfies(
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_IDEMPOTENCY_KEY));
  }
}

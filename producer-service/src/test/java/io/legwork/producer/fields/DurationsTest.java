package io.legwork.producer.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "0s, PT0S",
    "-5s, PT-5S",
    "PT30S, PT30S",
    "P1D, PT24H",
    "P1DT2H3M4.5S, PT26H3M4.5S",
    "PT-1S, PT-1S",
    "-PT1S, PT-1S"
  })
  void readsBothNotations(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "30",
        "s",
        "1.5s",
        "30 s",
        "30S",
        "1w",
        "1d2h",
        "P",
        "PT",
        "P1Y",
        "P1M",
        "PT1e9S",
        "999999999999999d",
        "9223372036854775808s",
        "PT99999999999999999999S",
        "٣s",
        "∞"
      })
  void refusesWhatIsNone(String text) {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> Durations.parse(text))
        .satisfies(refusal -> assertThat(refusal.detail()).contains("PT30S"));
  }

  @ParameterizedTest
  @CsvSource({"PT0.001S, 1ms", "PT24H, 1d", "PT90M, 90m", "PT0S, 0d", "PT1.5S, 1500ms"})
  void writesInTheLargestUnitThatFits(Duration duration, String text) {
    assertThat(Durations.write(duration)).isEqualTo(text);
  }
}

package io.legwork.producer.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "2027-01-31T09:30:00Z, 2027-01-31T09:30:00Z",
    "2027-01-31t09:30:00z, 2027-01-31T09:30:00Z",
    "2027-01-31T09:30:00.123456789+02:00, 2027-01-31T07:30:00.123456Z",
    "9999-12-31T23:59:59-18:00, +10000-01-01T17:59:59Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z"
  })
  void readsRfc3339(String text, Instant time) {
    assertThat(Times.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-01-31T09:30:00", "2027-01-31T09:30", "2027-01-31T09:30:00.5"})
  void asksForTheZone(String text) {
    assertThat(refusal(text)).contains("zone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2027-01-31",
        "2027-01-31 09:30:00Z",
        "2027-01-31T09:30Z",
        "2027-02-30T09:30:00Z",
        "2027-01-31T25:00:00Z",
        "2027-01-31T09:30:60Z",
        "2027-01-31T09:30:00+25:00",
        "2027-01-31T09:30:00[Europe/Berlin]",
        "2027-01-31T09:30:00.1234567890Z",
        "-0001-01-31T09:30:00Z",
        "99999-01-31T09:30:00Z",
        "+10000-01-31T09:30:00Z",
        "0000-01-31T09:30:00Z",
        "1969-12-31T23:59:59Z",
        "1800000000"
      })
  void refusesWhatIsNone(String text) {
    assertThat(refusal(text)).startsWith("must ");
  }

  private static String refusal(String text) {
    return assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> Times.parse(text))
        .actual()
        .detail();
  }
}

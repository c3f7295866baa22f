package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {

  @Test
  void areTheNearestRank() {
    var five = percentiles(30, 10, 50, 20, 40);

    assertThat(five.at(50)).hasMillis(30);
    assertThat(five.at(95)).hasMillis(50);
    assertThat(five.at(100)).hasMillis(50);
    assertThat(five.at(1)).hasMillis(10);
  }

  @Test
  void ofAHundredLeaveTheRestAbove() {
    var hundred =
        new Percentiles(LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());

    assertThat(hundred.at(50)).hasMillis(50);
    assertThat(hundred.at(95)).hasMillis(95);
  }

  @Test
  void ofNothingAreZero() {
    assertThat(new Percentiles(List.of()).at(50)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PT0.0129S, 12 ms", "PT9.999S, '9,999 ms'", "PT10S, 10.0 s", "PT123.46S, 123.5 s"})
  void areWrittenForPeople(Duration duration, String text) {
    assertThat(Percentiles.text(duration)).isEqualTo(text);
  }

  private static Percentiles percentiles(long... millis) {
    return new Percentiles(Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
  }
}

package io.legwork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void readsNumbersAnswersAndSettings() {
    var options =
        Options.of(
            List.of("--seconds", "7", "--listen", "yes", "--set", "A=b=c", "--java", "-Xa  -Xb"));

    assertThat(options.number("seconds", 20)).isEqualTo(7);
    assertThat(options.number("rounds", 3)).isEqualTo(3);
    assertThat(options.is("listen", false)).isTrue();
    assertThat(options.settings()).containsEntry("A", "b=c");
    assertThat(options.javaOptions())
        .containsExactly(
            "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx256m", "-Xa", "-Xb");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Options.of(List.of("--fast", "yes"))).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Options.of(List.of("--seconds"))).hasMessageContaining("a value");
    assertThatThrownBy(() -> Options.of(List.of("--set", "x"))).hasMessageContaining("KEY=VALUE");
    assertThatThrownBy(() -> Options.of(List.of("--rounds", "0")).number("rounds", 3))
        .hasMessageContaining("at least 1");
  }
}

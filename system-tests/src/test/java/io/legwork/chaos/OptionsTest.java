package io.legwork.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void readsWhatIsAskedFor() {
    var options = Options.of(List.of("--minutes", "0.5", "--seed", "42", "--rate", "300"));

    assertThat(options.time()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.seed()).isEqualTo(42);
    assertThat(options.rate()).isEqualTo(300);
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (var arguments :
        List.of(
            List.of("--minutes"),
            List.of("--minutes", "-1"),
            List.of("--rate", "many"),
            List.of("--rate", "NaN"),
            List.of("--speed", "1"))) {
      assertThatIllegalArgumentException()
          .as(arguments.toString())
          .isThrownBy(() -> Options.of(arguments))
          .withMessageContaining(arguments.getFirst());
    }
  }
}

package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void needNoneForASystemOnItsDefaultPorts() {
    var arguments = Arguments.parse(List.of());

    assertThat(arguments.producer()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(arguments.management()).isEqualTo(URI.create("http://127.0.0.1:9080"));
    assertThat(arguments.notifier()).isEqualTo(URI.create("http://127.0.0.1:8082"));
    assertThat(arguments.deadline()).isEqualTo(Duration.ofMinutes(2));
    assertThat(arguments.local()).isTrue();
  }

  @Test
  void areTakenFromTheCommandLine() {
    var arguments =
        Arguments.parse(
            List.of("--producer", "http://legwork:80/", "--deadline", "9", "--out", "pictures"));

    assertThat(arguments.producer()).isEqualTo(URI.create("http://legwork:80"));
    assertThat(arguments.deadline()).isEqualTo(Duration.ofSeconds(9));
    assertThat(arguments.out()).hasFileName("pictures");
  }

  @Test
  void openTheServerWhenAdvertisedToOtherMachines() {
    assertThat(Arguments.parse(List.of("--advertise", "host.docker.internal")).local()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--frobnicate, 1, unknown option --frobnicate",
    "--producer, localhost:8080, --producer must be like http://host:port",
    "--deadline, soon, --deadline must be a whole number of seconds",
    "--deadline, 0, --deadline must be a whole number of seconds",
  })
  void areRefusedWithAReason(String name, String value, String reason) {
    assertThatThrownBy(() -> Arguments.parse(List.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void areRefusedWhenAValueIsMissing() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--data"))).hasMessage("--data needs a value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--producer",
        "--management",
        "--notifier",
        "--data",
        "--out",
        "--advertise",
        "--deadline",
        "--help"
      })
  void areExplainedByTheHelp(String name) {
    assertThat(Arguments.HELP).contains(name);
  }
}

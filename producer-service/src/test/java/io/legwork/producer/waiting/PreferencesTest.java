package io.legwork.producer.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "wait=10 | false | 10 | wait=10",
        "respond-async, wait=10 | true | 10 | respond-async, wait=10",
        "respond-async | true | 0 | respond-async",
        "Wait=5 | false | 5 | wait=5",
        "wait = 5 ; foo=\"bar\" | false | 5 | wait=5",
        "wait=\"7\" | false | 7 | wait=7",
        "wait=3, wait=9 | false | 3 | wait=3",
        "wait=100000 | false | 30 | wait=30",
        "handling=lenient, wait=2, return=minimal | false | 2 | wait=2"
      })
  void readsWhatIsPreferred(String header, boolean async, int seconds, String applied) {
    Preferences preferences = Preferences.of(List.of(header));

    assertThat(preferences.respondAsync()).isEqualTo(async);
    assertThat(preferences.patience()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(preferences.applied()).hasValue(applied);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=soon",
        "wait=0",
        "wait=99999999999999",
        "return=minimal",
        ",,,",
        "=5",
        "wait=\u0660"
      })
  void ignoresWhatItCannotHonour(String header) {
    Preferences preferences = Preferences.of(List.of(header));

    assertThat(preferences.waits()).isFalse();
    assertThat(preferences.applied()).isEmpty();
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(Preferences.of(List.of("respond-async", "wait=4")).applied())
        .hasValue("respond-async, wait=4");
  }
}

package io.legwork.problems;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerTest {

  @ParameterizedTest
  @CsvSource({
    "type, #/type",
    "a/b, #/a~1b",
    "m~n, #/m~0n",
    "c%d, #/c%25d",
    "g\"h, #/g%22h",
    "ü, #/%C3%BC",
    "'', #/",
    "' ', #/%20"
  })
  void escapesNamesForAFragment(String name, String fragment) {
    assertThat(Pointer.ROOT.child(name)).hasToString(fragment);
  }

  @Test
  void staysPrintableWhateverTheNameIs() {
    assertThat(Pointer.ROOT.child("\0\uD800\n")).hasToString("#/%00?%0A");
  }

  @Test
  void endsAtTheEnclosingValueWhenItWouldGetTooLong() {
    Pointer payload = Pointer.ROOT.child("payload");

    assertThat(payload.child("x".repeat(60_000)).child("y")).hasToString("#/payload");
    assertThat(payload.child("x".repeat(250)).child("y")).hasToString("#/payload");
  }

  @Test
  void leadsThroughArrays() {
    assertThat(Pointer.ROOT.child("tasks").child(3)).hasToString("#/tasks/3");
  }
}

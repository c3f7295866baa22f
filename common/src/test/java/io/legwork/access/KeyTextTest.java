package io.legwork.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

  private final SecureRandom random = new SecureRandom();

  @Test
  void isMadeOf256RandomBits() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      made.add(KeyText.make("my-tenant", random).secret());
    }

    assertThat(made).hasSize(100).allMatch(key -> key.matches("lw_my-tenant_[0-9A-Za-z]{43}"));
    assertThat(made.stream().flatMapToInt(key -> key.substring(13).chars()).distinct().count())
        .as("every character of the alphabet is used")
        .isEqualTo(62);
  }

  @Test
  void namesItsTenantAndIsKnownByItsHash() {
    KeyText made = KeyText.make("acme", random);

    KeyText read = KeyText.parse(made.secret()).orElseThrow();

    assertThat(read.tenant()).isEqualTo("acme");
    assertThat(read.hash()).isEqualTo(made.hash()).matches("[0-9a-f]{64}");
    assertThat(read.hash()).isNotEqualTo(KeyText.make("acme", random).hash());
  }

  @Test
  void neverReachesALog() {
    KeyText made = KeyText.make("acme", random);

    assertThat(made.toString()).isEqualTo("lw_acme_…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lw_",
        "lw__0123456789012345678901234567890123456789012",
        "lw_default_tooshort",
        "lw_Default_0123456789012345678901234567890123456789012",
        "lw_-a_0123456789012345678901234567890123456789012",
        "lw_default_012345678901234567890123456789012345678901\u0000",
        "lw_default_0123456789012345678901234567890123456789012 ",
        "lw_default_01234567890123456789012345678901234567890_2",
        "eyJhbGciOiJub25lIn0.e30.",
      })
  void isNothingElse(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }
}

package io.legwork.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {

  private static final String OLD = key(1);
  private static final String NEW = key(2);

  private final SecretCipher cipher = SecretCipher.of(List.of(OLD));

  @Test
  void opensWhatItSealed() {
    String sealed = cipher.seal("whsec_secret ☕", "owner");

    assertThat(sealed).doesNotContain("secret");
    assertThat(cipher.open(sealed, "owner")).isEqualTo("whsec_secret ☕");
  }

  @Test
  void sealsTheSameDifferentlyEachTime() {
    assertThat(cipher.seal("secret", "owner")).isNotEqualTo(cipher.seal("secret", "owner"));
  }

  @Test
  void opensNothingForAnotherOwner() {
    String sealed = cipher.seal("secret", "owner");

    assertThatThrownBy(() -> cipher.open(sealed, "thief"))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void noticesWhatWasChanged() {
    String sealed = cipher.seal("secret", "owner");
    char last = sealed.charAt(sealed.length() - 5);
    String changed =
        sealed.substring(0, sealed.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 4);

    assertThatThrownBy(() -> cipher.open(changed, "owner"))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void opensWithEveryKeyAndSealsWithTheFirst() {
    String sealed = cipher.seal("secret", "owner");
    SecretCipher rotated = SecretCipher.of(List.of(NEW, OLD));

    assertThat(rotated.open(sealed, "owner")).isEqualTo("secret");
    assertThatThrownBy(() -> cipher.open(rotated.seal("secret", "owner"), "owner"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("not configured");
  }

  @Test
  void givesBackWhatWasStoredBeforeThereWasACipher() {
    assertThat(cipher.open("whsec_clear", "owner")).isEqualTo("whsec_clear");
  }

  @Test
  void sealsNothingWithoutAKey() {
    SecretCipher none = SecretCipher.of(List.of());

    assertThat(none.isAvailable()).isFalse();
    assertThatThrownBy(() -> none.seal("secret", "owner"))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not base64 at all ***", "AAAA"})
  void refusesWhatIsNoKey(String key) {
    assertThatThrownBy(() -> SecretCipher.of(List.of(key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void revealsNoKeyInItsText() {
    assertThat(cipher.toString()).doesNotContain(OLD);
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}

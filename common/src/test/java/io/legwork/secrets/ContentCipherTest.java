package io.legwork.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.secrets.ContentCipher.Part;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCipherTest {

  private static final String OLD = key(1);
  private static final String NEW = key(2);
  private static final UUID TASK = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("01990000-0000-7000-8000-000000000002");
  private static final Json DOCUMENT = Json.of("{\"iban\":\"DE02 ☕\"}");

  private final ContentCipher cipher = cipher(List.of("acme"), OLD);

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealed(Part part) {
    KeptJson kept = cipher.keep("acme", part, TASK, DOCUMENT);

    assertThat(kept.isSealed()).isTrue();
    assertThat(new String(kept.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("iban");
    assertThat(kept.bytes()).hasSize(DOCUMENT.size() + ContentCipher.OVERHEAD);
    assertThat(cipher.open(part, TASK, kept)).isEqualTo(DOCUMENT);
  }

  @Test
  void sealsForThoseWhoAskedOnly() {
    KeptJson kept = cipher.keep("globex", Part.PAYLOAD, TASK, DOCUMENT);

    assertThat(kept).isEqualTo(KeptJson.plain(DOCUMENT));
    assertThat(cipher.open(Part.PAYLOAD, TASK, kept)).isEqualTo(DOCUMENT);
    assertThat(
            cipher(List.of(ContentCipher.ALL), OLD)
                .keep("globex", Part.PAYLOAD, TASK, DOCUMENT)
                .isSealed())
        .isTrue();
  }

  @Test
  void sealsTheSameDifferentlyEachTime() {
    assertThat(cipher.keep(true, Part.PAYLOAD, TASK, DOCUMENT))
        .isNotEqualTo(cipher.keep(true, Part.PAYLOAD, TASK, DOCUMENT));
  }

  @Test
  void opensNothingInThePlaceOfAnother() {
    KeptJson kept = cipher.keep(true, Part.PAYLOAD, TASK, DOCUMENT);

    assertThatThrownBy(() -> cipher.open(Part.RESULT, TASK, kept))
        .isInstanceOf(SecretUnreadableException.class);
    assertThatThrownBy(() -> cipher.open(Part.PAYLOAD, OTHER, kept))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 17, 30, 45})
  void noticesWhatWasChanged(int place) {
    byte[] changed = cipher.keep(true, Part.PAYLOAD, TASK, DOCUMENT).bytes().clone();
    changed[place] ^= 1;

    assertThatThrownBy(() -> cipher.open(Part.PAYLOAD, TASK, KeptJson.of(changed)))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 32})
  void noticesWhatWasCut(int length) {
    byte[] kept = cipher.keep(true, Part.PAYLOAD, TASK, DOCUMENT).bytes();
    KeptJson cut = KeptJson.of(Arrays.copyOf(kept, length));

    assertThatThrownBy(() -> cipher.open(Part.PAYLOAD, TASK, cut))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void opensWithEveryKeyAndSealsWithTheFirst() {
    KeptJson old = cipher.keep(true, Part.RESULT, TASK, DOCUMENT);
    ContentCipher rotated = cipher(List.of(), NEW, OLD);
    KeptJson fresh = rotated.keep(true, Part.RESULT, TASK, DOCUMENT);

    assertThat(rotated.open(Part.RESULT, TASK, old)).isEqualTo(DOCUMENT);
    assertThat(rotated.open(Part.RESULT, TASK, fresh)).isEqualTo(DOCUMENT);
    assertThatThrownBy(() -> cipher.open(Part.RESULT, TASK, fresh))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("not configured");
  }

  @Test
  void sealsNothingWithoutAKey() {
    assertThatThrownBy(() -> cipher(List.of("acme"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ContentCipher.NONE.keep(true, Part.RESULT, TASK, DOCUMENT))
        .isInstanceOf(IllegalStateException.class);
  }

  private static ContentCipher cipher(List<String> tenants, String... keys) {
    return new ContentCipher(SecretCipher.of(List.of(keys)), tenants);
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}

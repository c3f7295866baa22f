package io.legwork.producer.json;

import io.legwork.producer.json.JsonValue.JsonArray;
import io.legwork.producer.json.JsonValue.JsonBoolean;
import io.legwork.producer.json.JsonValue.JsonNull;
import io.legwork.producer.json.JsonValue.JsonNumber;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.producer.json.JsonValue.Opaque;
import io.legwork.secrets.Sha256;
import io.legwork.task.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Digests documents by what they say, not by how they are written: the order of members, white
 * space, escapes and the notation of numbers make no difference.
 */
public final class CanonicalJson {

  private final MessageDigest digest;

  private CanonicalJson(MessageDigest digest) {
    this.digest = digest;
  }

  /** The SHA-256 of what the document says, in hexadecimal. */
  public static String fingerprint(Json document) {
    MessageDigest sha256 = Sha256.begin();
    new CanonicalJson(sha256).add(StrictJson.read(document.bytes(), JsonShape.WHOLE).root());
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Every value is a tag, a length and its content, so that no two values digest alike. */
  private void add(JsonValue value) {
    switch (value) {
      case JsonObject object -> addMembers(object.members());
      case JsonArray array -> addItems(array.items());
      case JsonText text -> add('"', text.value());
      case JsonNumber number -> add('#', normal(number.text()));
      case JsonBoolean truth -> add('?', Boolean.toString(truth.value()));
      case JsonNull _ -> add('?', "null");
      case Opaque _ -> throw new IllegalStateException("nothing is opaque in a whole document");
    }
  }

  private void addMembers(Map<String, JsonValue> members) {
    header('{', members.size());
    members.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> {
          add('"', member.getKey());
          add(member.getValue());
        });
  }

  private void addItems(List<JsonValue> items) {
    header('[', items.size());
    items.forEach(this::add);
  }

  private void add(char tag, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    header(tag, bytes.length);
    digest.update(bytes);
  }

  private void header(char tag, int length) {
    digest.update(ByteBuffer.allocate(5).put((byte) tag).putInt(length).flip());
  }

  private static String normal(String number) {
    BigDecimal decimal = new BigDecimal(number);
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString();
  }
}

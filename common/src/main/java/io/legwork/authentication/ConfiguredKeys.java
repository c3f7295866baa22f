package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.KeyText;
import io.legwork.access.TenantName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys that are configured rather than kept in the ledger. */
final class ConfiguredKeys {

  private static final Pattern HASHED = Pattern.compile("sha256:([^:]+):([0-9a-f]{64})");

  private ConfiguredKeys() {}

  /**
   * The callers by the hash of their key.
   *
   * @throws IllegalArgumentException if one is no key; the message does not repeat it
   */
  static Map<String, Caller> read(List<String> keys) {
    Map<String, Caller> callers = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Matcher hashed = HASHED.matcher(keys.get(i));
      if (hashed.matches() && TenantName.isValid(hashed.group(1))) {
        callers.put(hashed.group(2), caller(hashed.group(2), hashed.group(1), i + 1));
      } else {
        KeyText key = KeyText.parse(keys.get(i)).orElseThrow(ConfiguredKeys::malformed);
        callers.put(key.hash(), caller(key.hash(), key.tenant(), i + 1));
      }
    }
    return Map.copyOf(callers);
  }

  private static Caller caller(String hash, String tenant, int number) {
    UUID id = UUID.nameUUIDFromBytes(hash.getBytes(StandardCharsets.US_ASCII));
    return Caller.withAllRoles(id, "configured key " + number, tenant);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "legwork.security.admin-keys: a key must be lw_<tenant>_ and at least 43 random characters"
            + " of A-Z a-z 0-9, such as `echo \"lw_default_$(openssl rand -hex 32)\"` makes one, or"
            + " sha256:<tenant>: and the SHA-256 of one in hexadecimal digits");
  }
}

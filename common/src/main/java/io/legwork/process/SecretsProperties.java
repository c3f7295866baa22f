package io.legwork.process;

import io.legwork.secrets.SecretCipher;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the secrets in the ledger are sealed with, the same for all services.
 *
 * @param keys 32 random bytes each, in Base64: the first one seals, all of them open; without one
 *     no secret can be stored, and what needs one is refused
 */
@ConfigurationProperties("legwork.secrets")
record SecretsProperties(@DefaultValue List<String> keys) {

  /** Refuses what is no key. */
  SecretsProperties {
    keys = keys.stream().filter(key -> !key.isBlank()).toList();
    try {
      SecretCipher.of(keys);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "legwork.secrets.keys: %s, such as `openssl rand -base64 32` makes one"
              .formatted(malformed.getMessage()));
    }
  }

  /** Leaves the keys out, so that they cannot reach a log. */
  @Override
  public String toString() {
    return "SecretsProperties[" + keys.size() + " keys]";
  }
}

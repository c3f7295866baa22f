package io.legwork.process;

import io.legwork.access.TenantName;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the secrets in the ledger are sealed with, the same for all services.
 *
 * @param keys 32 random bytes each, in Base64: the first one seals, all of them open; without one
 *     no secret can be stored, and what needs one is refused
 * @param encryptedTenants whose payloads, checkpoints and results are sealed with them, too; * for
 *     everybody's. Only producers look at it: what belongs to a task is kept as its payload was
 */
@ConfigurationProperties("legwork.secrets")
record SecretsProperties(
    @DefaultValue List<String> keys, @DefaultValue List<String> encryptedTenants) {

  /** Refuses what is no key, and to seal without one. */
  SecretsProperties {
    keys = keys.stream().filter(key -> !key.isBlank()).toList();
    try {
      SecretCipher.of(keys);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "legwork.secrets.keys: %s, such as `openssl rand -base64 32` makes one"
              .formatted(malformed.getMessage()));
    }
    for (String tenant : encryptedTenants) {
      if (!tenant.equals(ContentCipher.ALL) && !TenantName.isValid(tenant)) {
        throw new IllegalArgumentException(
            "legwork.secrets.encrypted-tenants: \"%s\" is no name of a tenant, so nothing would be sealed for it; write 1 to 63 of a-z, 0-9 and -, or * for everybody"
                .formatted(tenant));
      }
    }
    if (keys.isEmpty() && !encryptedTenants.isEmpty()) {
      throw new IllegalArgumentException(
          "legwork.secrets.encrypted-tenants: nothing can be sealed without legwork.secrets.keys;"
              + " `openssl rand -base64 32` makes a key, the same for all services");
    }
  }

  /** Leaves the keys out, so that they cannot reach a log. */
  @Override
  public String toString() {
    return "SecretsProperties[" + keys.size() + " keys]";
  }
}

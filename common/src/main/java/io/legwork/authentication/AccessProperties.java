package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.task.NewTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the API; the same for producer and notifier.
 *
 * @param open whether everybody who can reach the service may do everything, as the tenant {@code
 *     default}
 * @param adminKeys keys that have all roles within the tenant they name and need no ledger: {@code
 *     lw_<tenant>_<random>}, or {@code sha256:<tenant>:<hash of the key>}
 * @param failuresPerSecond how many wrong keys a second are answered as such; further ones are
 *     answered 429
 * @param missesPerSecond how many ids a second that there are not, or not for it, each key may ask
 *     for; ten times as many at once
 * @param origins whose pages may use the API in a browser, as in {@code https://app.example.org};
 *     none unless given
 * @param keyUsageInterval how often it is written down when keys were used last
 */
@ConfigurationProperties("legwork.security")
record AccessProperties(
    @DefaultValue("false") boolean open,
    @DefaultValue List<String> adminKeys,
    @DefaultValue("100") int failuresPerSecond,
    @DefaultValue("100") int missesPerSecond,
    @DefaultValue List<String> origins,
    @DefaultValue("1m") Duration keyUsageInterval) {

  /** RFC 6454, section 6.1, in lower case. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?");

  /** Refuses what is no key, and what contradicts itself. */
  AccessProperties {
    adminKeys = adminKeys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
    ConfiguredKeys.read(adminKeys);
    origins = origins.stream().map(String::strip).filter(it -> !it.isEmpty()).toList();
    origins.forEach(AccessProperties::requireOrigin);
    if (open && !adminKeys.isEmpty()) {
      throw new IllegalArgumentException(
          "legwork.security.open is true and legwork.security.admin-keys is set: the service would"
              + " ask nobody for a key; take one of them away");
    }
  }

  private static void requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "legwork.security.origins: %s is no origin; name each one as a browser does, such as"
                  .formatted(origin)
              + " https://app.example.org or http://localhost:3000, without a path");
    }
  }

  /** Who sends requests to a service that is open. */
  static final Caller ANYBODY =
      Caller.withAllRoles(new UUID(0, 0), "anybody", NewTask.DEFAULT_TENANT);

  /** The callers who need no ledger, by the hash of their key. */
  Map<String, Caller> configured() {
    return open ? Map.of("no key has this hash", ANYBODY) : ConfiguredKeys.read(adminKeys);
  }

  /** Leaves the keys out, so that they cannot reach a log. */
  @Override
  public String toString() {
    return "AccessProperties[open=%s, %d keys]".formatted(open, adminKeys.size());
  }
}

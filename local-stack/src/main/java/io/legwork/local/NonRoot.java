package io.legwork.local;

import io.legwork.local.service.Command;
import io.legwork.local.service.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own it does not see that it is; in
 * containers, which seldom allow that, it runs as nobody with the right to reach its folder.
 */
final class NonRoot {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U");
  private static final List<String> AS_NOBODY =
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--securebits=+no_setuid_fixup",
          "--inh-caps=-all,+dac_override",
          "--ambient-caps=+dac_override");

  private NonRoot() {}

  /** What to put before a command that does not run as root. */
  static List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    return Stream.of(OWN_NAMESPACE, AS_NOBODY)
        .filter(NonRoot::works)
        .findFirst()
        .orElseThrow(() ->
            new LocalStackException(
                "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` can"
                    + " make it another user here; run this as a user that is not root."));
  }

  private static boolean works(List<String> prefix) {
    return new Command(Stream.concat(prefix.stream(), Stream.of("true")).toList())
        .attempt(LIMIT)
        .succeeded();
  }
}

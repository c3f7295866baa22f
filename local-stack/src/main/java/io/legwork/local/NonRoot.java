package io.legwork.local;

import java.time.Duration;
import java.util.List;

/** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
final class NonRoot {

  private NonRoot() {}

  /** What to put before a command. */
  static List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (!new Command("unshare", "-U", "true").attempt(Duration.ofSeconds(10)).succeeded()) {
      throw new LocalStackException(
          "PostgreSQL does not run as root, and user namespaces are not allowed here; run this as"
              + " another user, or allow them (in Docker: --security-opt seccomp=unconfined).");
    }
    return List.of("unshare", "-U");
  }
}

package io.legwork.access;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen for a key.
 *
 * @param name what people call it
 * @param roles what it may do
 * @param scope which tasks it may do it with
 * @param life how long it is valid from its creation; null for as long as nobody revokes it
 */
public record KeySettings(String name, Set<Role> roles, Scope scope, @Nullable Duration life) {

  /** Takes a copy. */
  public KeySettings {
    roles = Set.copyOf(roles);
  }
}

package io.legwork.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as far as it was proven.
 *
 * @param key the key, or the subject of the token, that proved it; the same in every process
 * @param name what people call it
 * @param tenant whose tasks it has to do with: the only ones there are, as far as it can tell
 * @param roles what it may do
 * @param scope which tasks it may do it with
 * @param until when the proof is over; null if that is up to the key
 */
public record Caller(
    UUID key, String name, String tenant, Set<Role> roles, Scope scope, @Nullable Instant until) {

  /** Takes a copy. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Somebody with a key. */
  public static Caller withKey(UUID key, String name, String tenant, Set<Role> roles, Scope scope) {
    return new Caller(key, name, tenant, roles, scope, null);
  }

  /** Somebody who may do everything within a tenant. */
  public static Caller withAllRoles(UUID key, String name, String tenant) {
    return withKey(key, name, tenant, EnumSet.allOf(Role.class), Scope.ALL);
  }

  /** Whether it may do what the role is asked for. */
  public boolean may(Role role) {
    return roles.stream().anyMatch(own -> own.includes(role));
  }
}

package io.legwork.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Who sent a request, as far as it was proven.
 *
 * @param key the key that proved it; the same in every process
 * @param name what people call the key
 * @param tenant whose tasks it has to do with: the only ones there are, as far as it can tell
 * @param roles what it may do
 * @param scope which tasks it may do it with
 */
public record Caller(UUID key, String name, String tenant, Set<Role> roles, Scope scope) {

  /** Takes a copy. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Somebody who may do everything within a tenant. */
  public static Caller withAllRoles(UUID key, String name, String tenant) {
    return new Caller(key, name, tenant, EnumSet.allOf(Role.class), Scope.ALL);
  }

  /** Whether it may do what the role is asked for. */
  public boolean may(Role role) {
    return roles.stream().anyMatch(own -> own.includes(role));
  }
}

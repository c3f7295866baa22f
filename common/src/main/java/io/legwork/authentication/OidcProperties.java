package io.legwork.authentication;

import io.legwork.access.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens prove callers beside keys (OpenID Connect), and what they say; the same for producer
 * and notifier.
 *
 * @param issuer the identity provider, exactly as its tokens name it; none unless given
 * @param jwkSetUri where its keys are; as its {@code .well-known/openid-configuration} says unless
 *     given
 * @param audience what tokens for Legwork must be meant for
 * @param tenantClaim which claim names the tenant; dots lead into objects
 * @param rolesClaim which claim has the roles, a list or names separated by spaces; dots lead into
 *     objects
 * @param mappedRoles the roles, separated by commas, for each value of that claim; unless given the
 *     values are the roles' own names
 */
@ConfigurationProperties("legwork.security.oidc")
record OidcProperties(
    @Nullable String issuer,
    @Nullable String jwkSetUri,
    @Nullable String audience,
    @DefaultValue("tenant") String tenantClaim,
    @DefaultValue("roles") String rolesClaim,
    @DefaultValue Map<String, List<String>> mappedRoles) {

  /** Refuses a provider whose tokens could be meant for anybody, and roles there are not. */
  OidcProperties {
    if (issuer != null && (audience == null || audience.isBlank())) {
      throw new IllegalArgumentException(
          "legwork.security.oidc.audience must be set with the issuer: without it a token that the"
              + " provider made for any other service would be taken");
    }
    mappedRoles = Map.copyOf(mappedRoles);
    mappedRoles.values().forEach(names -> names.forEach(OidcProperties::requireRole));
  }

  private static void requireRole(String name) {
    if (Role.of(name).isEmpty()) {
      throw new IllegalArgumentException(
          "legwork.security.oidc.mapped-roles: there is no role %s; there are submit, read, operate, admin"
              .formatted(name));
    }
  }

  boolean isConfigured() {
    return issuer != null && !issuer.isBlank();
  }

  /** The roles that a value of the claim stands for; none if it is not about Legwork. */
  Set<Role> rolesOf(String value) {
    Set<Role> found = EnumSet.noneOf(Role.class);
    List<String> names =
        mappedRoles.isEmpty() ? List.of(value) : mappedRoles.getOrDefault(value, List.of());
    names.forEach(name -> Role.of(name).ifPresent(found::add));
    return found;
  }
}

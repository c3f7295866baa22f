package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.access.TenantName;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.secrets.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Proves callers by the tokens of an identity provider: signed by it with an asymmetric key, meant
 * for Legwork, within their time, with a tenant and roles. A token that was proved is remembered
 * until it is over, so that a signature is computed once. Thread-safe.
 */
final class IdentityTokens {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityTokens.class);

  /** By how much the clocks of provider and services may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_REMEMBERED = 2_000;
  private static final int LONGEST_NAME = 100;

  /** By the hashes of the tokens: a dump of the heap lets nobody in. */
  private final Map<String, Caller> proved = new ConcurrentHashMap<>();

  private final JwtDecoder decoder;
  private final OidcProperties properties;
  private final InstantSource clock;

  IdentityTokens(OidcProperties properties, InstantSource clock) {
    this.properties = properties;
    this.clock = clock;
    var requests = new SparingRequests(clock);
    // The provider is asked when the first token comes, and again if it could not be reached.
    this.decoder = new SupplierJwtDecoder(() -> decoder(properties, requests));
  }

  private static JwtDecoder decoder(OidcProperties properties, SparingRequests requests) {
    String issuer = Objects.requireNonNull(properties.issuer());
    var factory = new SimpleClientHttpRequestFactory();
    factory.setConnectTimeout(PATIENCE);
    factory.setReadTimeout(PATIENCE);
    var rest = new RestTemplate(factory);
    rest.getInterceptors().add(requests);
    var builder =
        properties.jwkSetUri() == null
            ? NimbusJwtDecoder.withIssuerLocation(issuer)
            : NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri());
    NimbusJwtDecoder decoder =
        builder
            .restOperations(rest)
            .jwsAlgorithms(all -> all.addAll(Arrays.asList(SignatureAlgorithm.values())))
            // RFC 9068 has a type of its own for access tokens, and many providers none.
            .validateType(false)
            .build();
    decoder.setJwtValidator(validator(issuer, Objects.requireNonNull(properties.audience())));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> validator(String issuer, String audience) {
    return new DelegatingOAuth2TokenValidator<>(
        new JwtTimestampValidator(CLOCK_SKEW),
        new JwtIssuerValidator(issuer),
        new JwtClaimValidator<Instant>(JwtClaimNames.EXP, Objects::nonNull),
        new JwtClaimValidator<Collection<String>>(
            JwtClaimNames.AUD, meantFor -> meantFor != null && meantFor.contains(audience)));
  }

  /**
   * Who proves with a token who they are; empty if it proves nothing.
   *
   * @throws ProblemException if that cannot be told without the provider, which cannot be reached
   */
  Optional<Caller> find(String token) {
    String hash = Sha256.hex(token);
    Caller known = proved.get(hash);
    if (known != null && known.until() != null && clock.instant().isBefore(known.until())) {
      return Optional.of(known);
    }
    Optional<Caller> caller = decoded(token).flatMap(this::caller);
    caller.ifPresent(found -> remember(hash, found));
    return caller;
  }

  private void remember(String hash, Caller caller) {
    if (proved.size() >= MOST_REMEMBERED) {
      proved.clear();
    }
    proved.put(hash, caller);
  }

  private Optional<Jwt> decoded(String token) {
    try {
      return Optional.of(decoder.decode(token));
    } catch (BadJwtException refused) {
      LOG.atDebug().addKeyValue("reason", refused.getMessage()).log("token.refused");
      return Optional.empty();
    } catch (JwtException | JwtDecoderInitializationException unreachable) {
      LOG.atWarn()
          .addKeyValue("issuer", properties.issuer())
          .addKeyValue("reason", unreachable.getMessage())
          .log("identity.unavailable: tokens are answered 503, keys are taken");
      throw new ProblemException(
          ProblemType.IDENTITY_UNAVAILABLE, "the identity provider does not answer");
    }
  }

  private Optional<Caller> caller(Jwt token) {
    Object tenant = claim(token.getClaims(), properties.tenantClaim());
    String subject = token.getSubject();
    Instant until = token.getExpiresAt();
    if (!(tenant instanceof String name)
        || !TenantName.isValid(name)
        || subject == null
        || until == null) {
      LOG.atDebug().addKeyValue("claim", properties.tenantClaim()).log("token.without_tenant");
      return Optional.empty();
    }
    String identity = token.getIssuer() + "\n" + subject;
    return Optional.of(
        new Caller(
            UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)),
            subject.length() > LONGEST_NAME ? subject.substring(0, LONGEST_NAME) : subject,
            name,
            roles(token),
            Scope.ALL,
            until.plus(CLOCK_SKEW)));
  }

  private Set<Role> roles(Jwt token) {
    Object claim = claim(token.getClaims(), properties.rolesClaim());
    Stream<String> values =
        switch (claim) {
          case Collection<?> list -> list.stream().map(String::valueOf);
          case String text -> Arrays.stream(text.split(" ", -1));
          case null, default -> Stream.empty();
        };
    Set<Role> roles = EnumSet.noneOf(Role.class);
    values.map(properties::rolesOf).forEach(roles::addAll);
    return roles;
  }

  private static @Nullable Object claim(Map<String, Object> claims, String path) {
    Object found = claims;
    for (String name : List.of(path.split("\\.", -1))) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return found;
  }
}

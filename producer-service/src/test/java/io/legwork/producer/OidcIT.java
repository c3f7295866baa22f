package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tokens of an identity provider prove callers as keys do. */
@ExtendWith(OutputCaptureExtension.class)
class OidcIT {

  private static final String TASK = "{'type':'echo','payload':1,'delay':'1d'}";

  private static final List<RSAKey> MADE_UP_KEYS =
      List.of(IdentityProvider.newRsa(), IdentityProvider.newRsa(), IdentityProvider.newRsa());

  private static IdentityProvider provider;
  private static ProducerUnderTest producer;

  @BeforeAll
  static void start() {
    provider = new IdentityProvider();
    // A service can be started while the provider is away, and without a key.
    provider.stop();
    producer =
        ProducerUnderTest.start(
            TestInfra.database(),
            "--legwork.security.oidc.issuer=" + provider.issuer(),
            "--legwork.security.oidc.audience=" + IdentityProvider.AUDIENCE,
            "--legwork.security.failures-per-second=1000000");
    expectProblem(get(provider.signed(provider.claims())), 503, "identity-unavailable");
    provider.startAgain();
    awaitAccepted();
  }

  private static void awaitAccepted() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get(provider.signed(provider.claims())).status() == 200);
  }

  @AfterAll
  static void stop() {
    producer.close();
    provider.close();
  }

  @Test
  void aTokenProvesTenantAndRoles() {
    for (String token :
        List.of(
            provider.signed(provider.claims()),
            provider.signedOnCurve(provider.claims()),
            provider.signed(provider.claims().claim("roles", "read submit")))) {
      Answer submitted = producer.post("/v1/tasks", TASK, "Authorization", "Bearer " + token);

      assertThat(submitted.status()).isEqualTo(202);
      assertThat(get(token).body().path("items")).isNotEmpty();
      expectProblem(
          producer.post(
              "/v1/tasks/" + submitted.text("id") + "/cancel",
              "",
              "Authorization",
              "Bearer " + token),
          403,
          "forbidden");
      String other = provider.signed(provider.claims().claim("tenant", "other"));
      assertThat(get(other).body().path("items")).isEmpty();
    }
  }

  @Test
  void aTokenWithoutRolesMayNothing() {
    expectProblem(get(provider.signed(provider.claims().claim("roles", null))), 403, "forbidden");
    expectProblem(
        get(provider.signed(provider.claims().claim("roles", List.of("root")))), 403, "forbidden");
  }

  @Test
  void whatProvesNothingIsRefused(CapturedOutput output) throws Exception {
    Instant now = Instant.now();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("unsigned", new PlainJWT(provider.claims().build()).serialize());
    tokens.put("signed with the public key as a secret", signedWithPublicKey());
    tokens.put(
        "signed by somebody else",
        IdentityProvider.signed(provider.claims(), IdentityProvider.newRsa()));
    tokens.put("of another issuer", signed(it -> it.issuer("http://127.0.0.1:1")));
    tokens.put("for somebody else", signed(it -> it.audience("other")));
    tokens.put("for nobody", signed(it -> it.audience((String) null)));
    tokens.put("expired", signed(it -> it.expirationTime(Date.from(now.minusSeconds(90)))));
    tokens.put("for ever", signed(it -> it.expirationTime(null)));
    tokens.put("not yet valid", signed(it -> it.notBeforeTime(Date.from(now.plusSeconds(90)))));
    tokens.put("without a tenant", signed(it -> it.claim("tenant", null)));
    tokens.put("of no possible tenant", signed(it -> it.claim("tenant", "../default")));
    tokens.put("of several tenants", signed(it -> it.claim("tenant", List.of("acme", "b"))));
    tokens.put("without a subject", signed(it -> it.subject(null)));
    String good = provider.signed(provider.claims());
    tokens.put("cut", good.substring(0, good.length() - 10));
    tokens.put("changed", good.replaceFirst("\\.[A-Za-z0-9_-]{4}", ".AAAA"));
    tokens.put("no token", "a.b.c");
    tokens.put("nothing", "..");

    tokens.forEach((what, token) -> {
      Answer answer = get(token);
      assertThat(answer.status()).as(what).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      if (token.length() > 20) {
        assertThat(output.getAll()).as(what).doesNotContain(token);
      }
    });
  }

  @Test
  void aLongTokenIsRefused() {
    String token = provider.signed(provider.claims().claim("more", "x".repeat(100_000)));

    assertThat(get(token).status()).isIn(400, 431);
  }

  @Test
  void keysOfTheProviderMayChange() {
    assertThat(get(provider.signed(provider.claims())).status()).isEqualTo(200);
    String former = provider.signed(provider.claims().subject("of the former key"));

    provider.rotate();

    awaitAccepted();
    assertThat(get(former).status()).isEqualTo(401);
  }

  @Test
  void aTokenThatWasProvedIsNotProvedAgain() {
    String token = provider.signed(provider.claims());
    get(token);
    int before = provider.questions();
    provider.stop();
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(get(token).status()).isEqualTo(200);
      }
    } finally {
      provider.startAgain();
    }

    assertThat(provider.questions()).isEqualTo(before);
  }

  @Test
  void tokensOfMadeUpKeysDoNotFloodTheProvider() {
    int before = provider.questions();
    Instant start = Instant.now();

    for (int i = 0; i < 100; i++) {
      String madeUp = IdentityProvider.signed(provider.claims(), MADE_UP_KEYS.get(i % 3));
      assertThat(get(madeUp).status()).isEqualTo(401);
    }
    Answer good = get(provider.signed(provider.claims().subject("not yet known")));

    assertThat(good.status()).isEqualTo(200);
    long seconds = Duration.between(start, Instant.now()).toSeconds();
    assertThat(provider.questions() - before).isLessThanOrEqualTo((int) seconds + 2);
  }

  @Test
  void allWhoComeAtOnceAreLetIn() throws Exception {
    provider.rotate();
    awaitAccepted();
    List<String> tokens =
        IntStream.range(0, 40)
            .mapToObj(n -> provider.signed(provider.claims().subject("one of many " + n)))
            .toList();
    try (var other =
            ProducerUnderTest.start(
                TestInfra.database(),
                "--legwork.security.oidc.issuer=" + provider.issuer(),
                "--legwork.security.oidc.audience=" + IdentityProvider.AUDIENCE);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (String token : tokens) {
        answers.add(
            callers.submit(
                () -> other.get("/v1/tasks?limit=1", "Authorization", "Bearer " + token).status()));
      }

      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  @Test
  void needsAnAudience() {
    assertThatThrownBy(() ->
            ProducerUnderTest.start(
                TestInfra.database(), "--legwork.security.oidc.issuer=" + provider.issuer()))
        .hasStackTraceContaining("legwork.security.oidc.audience must be set");
  }

  @Test
  void rolesCanBeNamedOtherwise() {
    try (var other =
        ProducerUnderTest.start(
            TestInfra.database(),
            "--legwork.security.oidc.issuer=" + provider.issuer(),
            "--legwork.security.oidc.audience=" + IdentityProvider.AUDIENCE,
            "--legwork.security.oidc.tenant-claim=org.name",
            "--legwork.security.oidc.roles-claim=realm_access.roles",
            "--legwork.security.oidc.mapped-roles.batch-team=submit,operate")) {
      String token =
          provider.signed(
              provider
                  .claims()
                  .claim("org", Map.of("name", "deep"))
                  .claim("realm_access", Map.of("roles", List.of("batch-team", "admin"))));

      Answer submitted = other.post("/v1/tasks", TASK, "Authorization", "Bearer " + token);
      assertThat(submitted.status()).isEqualTo(202);
      assertThat(
              other
                  .post(
                      "/v1/tasks/" + submitted.text("id") + "/cancel",
                      "",
                      "Authorization",
                      "Bearer " + token)
                  .status())
          .isEqualTo(200);
      expectProblem(other.get("/v1/keys", "Authorization", "Bearer " + token), 403, "forbidden");
    }
  }

  private interface Change {
    JWTClaimsSet.Builder to(JWTClaimsSet.Builder claims);
  }

  private static String signed(Change change) {
    return provider.signed(change.to(provider.claims()));
  }

  private static String signedWithPublicKey() throws JOSEException {
    byte[] secret = provider.rsa().toRSAPublicKey().toString().getBytes(StandardCharsets.UTF_8);
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.rsa().getKeyID()).build();
    var token = new SignedJWT(header, provider.claims().build());
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static Answer get(String token) {
    return producer.get("/v1/tasks?limit=1", "Authorization", "Bearer " + token);
  }
}

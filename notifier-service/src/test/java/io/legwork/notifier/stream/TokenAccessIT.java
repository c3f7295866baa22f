package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.notifier.TestNotifier;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The notifier takes the tokens of an identity provider as the producer does. */
class TokenAccessIT {

  /** By how much clocks may differ: a token is taken for so long after its end. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private static TokenIssuer issuer;
  private static TestNotifier notifier;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TokenIssuer();
    notifier =
        new TestNotifier(
            "legwork.security.oidc.issuer=" + issuer.name(),
            "legwork.security.oidc.jwk-set-uri=" + issuer.keys(),
            "legwork.security.oidc.audience=" + TokenIssuer.AUDIENCE);
  }

  @AfterAll
  static void stop() {
    notifier.close();
    issuer.close();
  }

  @Test
  void aTokenOpensTheStreamOfItsTenant() throws Exception {
    TaskId task = notifier.accept(null);
    String theirs = issuer.token("default", "read", inFiveMinutes());
    String mine = issuer.token("acme", "read", inFiveMinutes());

    assertThat(status(theirs, "?task=" + task)).isEqualTo(200);
    assertThat(status(mine, "?task=" + task)).isEqualTo(404);
    assertThat(status(mine, "")).isEqualTo(200);
  }

  @Test
  void refusesTokensThatProveNothing() throws Exception {
    String unmeant = issuer.token("default", "read", inFiveMinutes(), "others");
    String over = issuer.token("default", "read", Instant.now().minus(CLOCK_SKEW.multipliedBy(2)));
    String good = issuer.token("default", "read", inFiveMinutes());
    String cut = good.substring(0, good.length() - 5);

    for (String token : new String[] {unmeant, over, cut}) {
      assertThat(status(token, "")).isEqualTo(401);
    }
    assertThat(status(issuer.token("default", "admin", inFiveMinutes()), "")).isEqualTo(403);
    assertThat(status(issuer.token("default", "none", inFiveMinutes()), "")).isEqualTo(403);
  }

  @Test
  void endsAStreamWithItsToken() throws Exception {
    Instant taken = Instant.now().plusSeconds(8);
    String token = issuer.token("default", "read", taken.minus(CLOCK_SKEW));

    try (SseClient stream = open(token, "?types=nothing")) {
      assertThat(stream.response().statusCode()).isEqualTo(200);

      assertThat(stream.next().isEnd()).isFalse();
      assertThat(stream.next().isEnd()).isTrue();

      assertThat(Instant.now()).isAfter(taken.minusSeconds(1));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> status(token, "") == 401);
  }

  private static Instant inFiveMinutes() {
    return Instant.now().plus(Duration.ofMinutes(5));
  }

  private static int status(String token, String query) throws Exception {
    try (SseClient stream = open(token, query)) {
      return stream.response().statusCode();
    }
  }

  private static SseClient open(String token, String query) throws Exception {
    return SseClient.open(
        notifier.uri("local.server.port", "/v1/events" + query),
        "Authorization",
        "Bearer " + token);
  }
}

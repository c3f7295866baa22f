package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.notifier.TestNotifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page follows events without a key of its own, and only one of a chosen origin does. */
class BrowserAccessIT {

  private static final String OWNER = "lw_default_" + "owner0".repeat(10);
  private static final String ORIGIN = "https://app.example.org";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.security.admin-keys=" + OWNER, "legwork.security.origins=" + ORIGIN);
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void aLinkOpensTheStreamItWasMadeFor() throws Exception {
    JsonNode link = link("?types=report.*,%C3%A4%26b&states=FAILED&seconds=60");

    assertThat(Instant.parse(link.path("expiresAt").asString()))
        .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(61));
    assertThat(link.path("url").asString()).startsWith("/v1/events?").doesNotContain("seconds");
    for (String more : List.of("", "&lastEventId=0")) {
      try (SseClient stream = open(link.path("url").asString() + more)) {
        assertThat(stream.response().statusCode()).isEqualTo(200);
        assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-store");
      }
    }
  }

  @Test
  void aLinkIsGoodForNothingElse() throws Exception {
    String url = link("?types=report.render").path("url").asString();
    String token = url.substring(url.indexOf("access="));
    String changed = url.substring(0, url.length() - 2) + (url.endsWith("AA") ? "BB" : "AA");

    for (String other :
        List.of(
            "/v1/events?" + token,
            "/v1/events?types=report.other&" + token,
            "/v1/events?states=FAILED&types=report.render&" + token,
            url + "&" + token,
            url.replace("v1.", "v2."),
            changed,
            "/v1/events?types=report.render&access=",
            "/v1/events?types=report.render&access=" + OWNER,
            "/v1/tasks/" + UUID.randomUUID() + "/events?types=report.render&" + token)) {
      try (SseClient stream = open(other)) {
        assertThat(stream.response().statusCode()).as(other).isEqualTo(401);
      }
    }
    assertThat(post(url.replace("/v1/events?", "/v1/events/links?"), "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void aLinkLivesForAShortTime() throws Exception {
    String url = link("?seconds=1").path("url").asString();

    await().atMost(Duration.ofSeconds(10)).until(() -> status(url) == 401);

    for (String seconds : List.of("0", "-1", "3601", "x", "1.5")) {
      HttpResponse<String> answer = post("/v1/events/links?seconds=" + seconds, OWNER);
      assertThat(answer.statusCode()).as(seconds).isEqualTo(400);
    }
    assertThat(post("/v1/events/links?state=FAILED", OWNER).statusCode()).isEqualTo(400);
  }

  @Test
  void aLinkDiesWithTheKeyItWasMadeWith() throws Exception {
    TestKey key = TestKey.make(notifier, Role.READ, Scope.ALL);
    JsonNode link = JsonMapper.shared().readTree(post("/v1/events/links", key.secret()).body());
    try (SseClient stream = open(link.path("url").asString())) {
      stream.next();

      key.revoke(notifier);

      assertThat(stream.next().isEnd()).isTrue();
    }
    assertThat(status(link.path("url").asString())).isEqualTo(401);
  }

  @Test
  void aLinkIsMadeForReadersOnly() throws Exception {
    TestKey key = TestKey.make(notifier, Role.ADMIN, Scope.ALL);

    assertThat(post("/v1/events/links", key.secret()).statusCode()).isEqualTo(403);
    assertThat(post("/v1/events/links", "").statusCode()).isEqualTo(401);
  }

  @Test
  void pagesOfChosenOriginsMayReadTheAnswers() throws Exception {
    String url = link("").path("url").asString();

    try (SseClient stream = SseClient.open(uri(url), "Origin", ORIGIN)) {
      assertThat(stream.response().headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue(ORIGIN);
      assertThat(stream.response().headers().firstValue("Access-Control-Allow-Credentials"))
          .isEmpty();
    }
    HttpResponse<String> preflight = preflight(ORIGIN, "authorization");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://app.example.org",
        "https://app.example.org.evil.example",
        "https://app.example.org:8443",
        "null"
      })
  void pagesOfOtherOriginsMayNot(String origin) throws Exception {
    String url = link("").path("url").asString();

    try (SseClient stream = SseClient.open(uri(url), "Origin", origin)) {
      assertThat(stream.response().headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(stream.response().statusCode()).isEqualTo(403);
    }
    assertThat(preflight(origin, "authorization").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void cookiesAreNotWanted() throws Exception {
    assertThat(preflight(ORIGIN, "cookie").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> preflight(String origin, String header) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri("/v1/events"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", header)
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode link(String query) throws Exception {
    HttpResponse<String> answer = post("/v1/events/links" + query, OWNER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> post(String path, String key) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody());
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static int status(String url) throws Exception {
    try (SseClient stream = open(url)) {
      return stream.response().statusCode();
    }
  }

  private static SseClient open(String url) throws IOException, InterruptedException {
    return SseClient.open(uri(url));
  }

  private static URI uri(String path) {
    return notifier.uri("local.server.port", path);
  }
}

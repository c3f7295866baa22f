package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.notifier.TestNotifier;
import io.legwork.task.TaskId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The stream is for those who show a key, and shows them what is theirs (guarantee G12). */
class StreamAccessIT {

  private static final String OWNER = "lw_default_" + "owner0".repeat(10);
  private static final String STRANGER = "lw_stranger_" + "alien1".repeat(10);

  private static final String NEWCOMER = "lw_newcomer_" + "fresh2".repeat(10);
  private static final int TENANT_LIMIT = 10;

  /** More than the buffers on the way to a reader hold, many times over. */
  private static final int EVENTS_TO_REPLAY = 6_000;

  private static final int EVENT_BYTES = 5_000;

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.security.admin-keys=" + String.join(",", OWNER, STRANGER, NEWCOMER),
            "legwork.security.misses-per-second=5",
            "legwork.streams.tenant-limit=" + TENANT_LIMIT);
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void servesExactlyWhatIsDeclared() {
    Set<String> served = new TreeSet<>();
    for (RequestMappingInfo mapping :
        notifier.part(RequestMappingHandlerMapping.class).getHandlerMethods().keySet()) {
      for (String path : mapping.getPatternValues()) {
        mapping
            .getMethodsCondition()
            .getMethods()
            .forEach(method -> served.add(method.name().replace("HEAD", "GET") + " " + path));
      }
    }

    assertThat(served)
        .isEqualTo(
            Endpoints.NOTIFIER.stream().map(Endpoint::operation).collect(Collectors.toSet()));
  }

  /** The producer's tests hold the document against what both services declare. */
  @Test
  void describesTheApiToAnybody() throws Exception {
    var request = HttpRequest.newBuilder(notifier.uri("local.server.port", "/openapi")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(answer.body()).isEqualTo(Files.readString(Path.of("../docs/openapi.json")));
    }
  }

  @Test
  void letsAKeyWaitThatTriesIds() throws Exception {
    TestKey key = TestKey.make(notifier, Role.READ, Scope.ALL);
    Set<Integer> answers = new TreeSet<>();

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> {
          try (SseClient stream = open(key.secret(), "?task=" + UUID.randomUUID())) {
            answers.add(stream.response().statusCode());
          }
          return answers.contains(429);
        });

    assertThat(answers).containsExactly(404, 429);
    try (SseClient everything = open(key.secret(), "")) {
      assertThat(everything.response().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void doesNotStartWhereNobodyCouldBeLetIn() {
    assertThatThrownBy(() -> new TestNotifier("legwork.security.open=false"))
        .hasMessageContaining("nobody could use this service");
  }

  @Test
  void refusesWhoShowsNoKey() throws Exception {
    for (String header : new String[] {"", "Bearer x", "Basic YWRtaW46YWRtaW4="}) {
      try (SseClient stream =
          header.isEmpty()
              ? SseClient.open(notifier.uri("local.server.port", "/v1/events"))
              : SseClient.open(
                  notifier.uri("local.server.port", "/v1/events"), "Authorization", header)) {
        assertThat(stream.response().statusCode()).isEqualTo(401);
        assertThat(stream.text()).contains("\"code\":\"unauthenticated\"");
      }
    }
    try (SseClient stream =
        SseClient.open(notifier.uri("local.server.port", "/v1/events?access_token=" + OWNER))) {
      assertThat(stream.response().statusCode()).isEqualTo(401);
    }
  }

  @Test
  void refusesAKeyWithoutTheRole() throws Exception {
    TestKey key = TestKey.make(notifier, Role.ADMIN, Scope.ALL);

    try (SseClient stream = open(key.secret(), "")) {
      assertThat(stream.response().statusCode()).isEqualTo(403);
    }
  }

  @Test
  void showsEventsToTheirTenantOnly() throws Exception {
    try (SseClient theirs = open(OWNER, "");
        SseClient mine = open(STRANGER, "")) {
      theirs.next();
      mine.next();
      insertEvent("default", "theirs");
      insertEvent("stranger", "mine");

      assertThat(theirs.next().data().path("queue").asString()).isEqualTo("theirs");
      assertThat(mine.next().data().path("queue").asString()).isEqualTo("mine");
    }
  }

  @Test
  void showsAReplayToItsTenantOnly() throws Exception {
    insertEvent("default", "theirs");
    insertEvent("stranger", "mine");

    try (SseClient mine = open(STRANGER, "?lastEventId=0")) {
      mine.next();

      assertThat(mine.next().data().path("queue").asString()).isEqualTo("mine");
    }
  }

  @Test
  void doesNotKnowTasksOfOthers() throws Exception {
    TaskId task = notifier.accept(null);

    try (SseClient theirs = open(OWNER, "?task=" + task);
        SseClient mine = open(STRANGER, "?task=" + task);
        SseClient unknown = open(STRANGER, "?task=" + UUID.randomUUID())) {
      assertThat(theirs.response().statusCode()).isEqualTo(200);
      assertThat(mine.response().statusCode()).isEqualTo(404);
      assertThat(mine.text()).isEqualTo(unknown.text());
    }
  }

  @Test
  void keepsALimitedKeyToItsQueues() throws Exception {
    TestKey key = TestKey.make(notifier, Role.READ, new Scope(Set.of(), Set.of("bulk")));

    try (SseClient stream = open(key.secret(), "")) {
      stream.next();
      insertEvent("default", "default");
      insertEvent("default", "bulk");

      assertThat(stream.next().data().path("queue").asString()).isEqualTo("bulk");
    }
  }

  @Test
  void endsTheStreamOfAKeyThatWasRevoked() throws Exception {
    TestKey key = TestKey.make(notifier, Role.READ, Scope.ALL);

    try (SseClient stream = open(key.secret(), "?types=nothing")) {
      stream.next();

      key.revoke(notifier);

      assertThat(stream.next().isEnd()).isTrue();
    }
    try (SseClient again = open(key.secret(), "")) {
      assertThat(again.response().statusCode()).isEqualTo(401);
    }
  }

  @Test
  void endsAReplayOfAKeyThatWasRevoked() throws Exception {
    TestKey key = TestKey.make(notifier, Role.READ, Scope.ALL);
    notifier.insertEvents(EVENTS_TO_REPLAY, EVENT_BYTES);
    URI uri = notifier.uri("local.server.port", "/v1/events");
    try (Socket reader = new Socket()) {
      reader.setReceiveBufferSize(4_096);
      reader.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      String request =
          "GET /v1/events?lastEventId=0 HTTP/1.0\r\nHost: test\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(key.secret());
      reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(reader.getInputStream().readNBytes(EVENT_BYTES)).hasSize(EVENT_BYTES);

      key.revoke(notifier);
      await().atMost(Duration.ofSeconds(20)).until(() -> status(key.secret()) == 401);

      reader.setSoTimeout(20_000);
      int rest = reader.getInputStream().readAllBytes().length;
      assertThat(rest).isLessThan(EVENTS_TO_REPLAY * EVENT_BYTES / 2);
    }
  }

  private static int status(String key) throws Exception {
    try (SseClient stream = open(key, "?task=" + UUID.randomUUID())) {
      return stream.response().statusCode();
    }
  }

  @Test
  void aTenantWithManyStreamsLeavesRoomForOthers() throws Exception {
    List<SseClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < TENANT_LIMIT; i++) {
        streams.add(open(NEWCOMER, ""));
      }
      try (SseClient tooMany = open(NEWCOMER, "");
          SseClient other = open(STRANGER, "")) {
        assertThat(tooMany.response().statusCode()).isEqualTo(429);
        assertThat(tooMany.response().headers().firstValue("retry-after")).isPresent();
        assertThat(tooMany.text()).contains("\"violated-policies\":[\"tenant-streams\"]");
        assertThat(other.response().statusCode()).isEqualTo(200);
      }
    } finally {
      for (SseClient stream : streams) {
        stream.close();
      }
    }
  }

  /** The notifier has learned of the key when this returns. */
  private static void insertEvent(String tenant, String queue) {
    notifier.execute(
        """
        with gate as materialized (select pg_advisory_xact_lock(7236838))
        insert into event (sequence, id, task_id, process, at, number, attempt, kind, callback,
                           tenant, queue, type)
        select nextval('event_sequence'), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
               now(), 1, 1, 2, false, '%s', '%s', 'report.render'
        from gate
        """
            .formatted(tenant, queue));
  }

  private static SseClient open(String key, String query) throws IOException, InterruptedException {
    return SseClient.open(
        notifier.uri("local.server.port", "/v1/events" + query), "Authorization", "Bearer " + key);
  }
}

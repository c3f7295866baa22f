package io.legwork.producer;

import static io.legwork.producer.Guarded.NEWCOMER;
import static io.legwork.producer.Guarded.OWNER;
import static io.legwork.producer.Guarded.STRANGER;
import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What operators and admins did can be read afterwards. */
class AuditIT {

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = Guarded.start(TestInfra.database());
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void tellsWhoDidWhatOnWhatFromWhereAndWithWhatOutcome() {
    Answer made = guarded.make("{'name':'on call','roles':['operate','submit']}");
    String operator = made.text("key");
    String task = submit(operator);

    guarded.call("POST", "/v1/tasks/" + task + "/cancel", operator);

    JsonNode cancel = latest(OWNER);
    assertThat(cancel.path("operation").asString()).isEqualTo("POST /v1/tasks/{id}/cancel");
    assertThat(cancel.path("target").asString()).isEqualTo("/v1/tasks/" + task + "/cancel");
    assertThat(cancel.at("/actor/name").asString()).isEqualTo("on call");
    assertThat(cancel.at("/actor/key").asString()).isEqualTo(made.text("id"));
    assertThat(cancel.path("source").asString()).isEqualTo("127.0.0.1");
    assertThat(cancel.path("status").asInt()).isEqualTo(200);
    assertThat(cancel.path("at").asString()).isLessThanOrEqualTo(cancel.path("endedAt").asString());
    JsonNode making = items("?limit=2", OWNER).path(1);
    assertThat(making.path("operation").asString()).isEqualTo("POST /v1/keys");
    assertThat(making.path("created").asString()).isEqualTo("/v1/keys/" + made.text("id"));
    assertThat(making.path("status").asInt()).isEqualTo(201);
  }

  @Test
  void tellsWhatCameToNothing() {
    guarded.call("DELETE", "/v1/keys/018f0000-0000-7000-8000-000000000000", OWNER);

    assertThat(latest(OWNER).path("status").asInt()).isEqualTo(404);
  }

  @Test
  void isAboutWhatChangesSomethingAndWasAllowed() {
    guarded.call("DELETE", "/v1/keys/018f0000-0000-7000-8000-000000000000", OWNER);
    JsonNode before = latest(OWNER);
    submit(OWNER);
    guarded.call("GET", "/v1/keys", OWNER);
    String reader = guarded.keyWith("read");
    JsonNode made = latest(OWNER);

    expectProblem(guarded.call("POST", "/v1/tasks/redrive", reader), 403, "forbidden");

    assertThat(latest(OWNER)).isEqualTo(made);
    assertThat(items("?limit=2", OWNER).path(1)).isEqualTo(before);
  }

  @Test
  void isKeptApartByTenant() {
    guarded.post("/v1/keys", "{'name':'theirs','roles':['read']}", STRANGER);

    assertThat(latest(STRANGER).path("operation").asString()).isEqualTo("POST /v1/keys");
    assertThat(items("", NEWCOMER)).isEmpty();
  }

  @Test
  void isReadPageByPage() {
    for (int i = 0; i < 3; i++) {
      guarded.keyWith("read");
    }
    Answer first = guarded.call("GET", "/v1/audit?limit=2", OWNER);
    Answer second =
        guarded.call("GET", "/v1/audit?limit=2&cursor=" + first.text("nextCursor"), OWNER);

    assertThat(first.body().path("items")).hasSize(2);
    assertThat(second.body().at("/items/0/at").asString())
        .isLessThan(first.body().at("/items/1/at").asString());
    new ApiDescription(guarded.producer().get("/openapi").body())
        .expectConforming("AuditPage", first.body());
    assertThat(items("?since=2100-01-01T00:00:00Z", OWNER)).isEmpty();
    for (String cursor : List.of("x", "-1", "0", "1e3", "99999999999999999999")) {
      expectProblem(
          guarded.call("GET", "/v1/audit?cursor=" + cursor, OWNER), 400, "invalid-cursor");
    }
    expectProblem(guarded.call("GET", "/v1/audit?order=up", OWNER), 400, "invalid-parameter");
  }

  @Test
  void isVerified() {
    guarded.keyWith("read");
    latest(OWNER);

    Answer first = guarded.call("GET", "/v1/audit/verification", OWNER);
    guarded.keyWith("read");
    latest(OWNER);
    Answer second = guarded.call("GET", "/v1/audit/verification?head=" + first.text("head"), OWNER);
    Answer other = guarded.call("GET", "/v1/audit/verification?head=" + "0".repeat(64), OWNER);

    assertThat(first.body().path("intact").asBoolean()).isTrue();
    assertThat(second.body().path("intact").asBoolean()).isTrue();
    assertThat(second.body().path("entries").asInt())
        .isEqualTo(first.body().path("entries").asInt() + 2);
    assertThat(other.body().path("intact").asBoolean(true)).isFalse();
    new ApiDescription(guarded.producer().get("/openapi").body())
        .expectConforming("AuditVerification", other.body());
    expectProblem(guarded.call("GET", "/v1/audit/verification", STRANGER), 403, "forbidden");
    expectProblem(
        guarded.call("GET", "/v1/audit/verification?head=A", OWNER), 400, "invalid-parameter");
  }

  @Test
  void whatCannotBeWrittenDownIsNotDone() {
    JdbcClient sql = JdbcClient.create(guarded.producer().bean(DataSource.class));
    int keys = guarded.call("GET", "/v1/keys", OWNER).body().path("items").size();
    sql.sql("alter table audit_entry rename to out_of_reach").update();
    try {
      assertThat(guarded.make("{'name':'secret','roles':['read']}").status()).isEqualTo(503);
    } finally {
      sql.sql("alter table out_of_reach rename to audit_entry").update();
    }

    assertThat(guarded.call("GET", "/v1/keys", OWNER).body().path("items")).hasSize(keys);
  }

  private static String submit(String key) {
    return guarded.post("/v1/tasks", "{'type':'echo','payload':1,'delay':'1d'}", key).text("id");
  }

  /** The latest action, once it has ended: that is written down after the answer was sent. */
  private static JsonNode latest(String key) {
    return await()
        .until(() -> items("?limit=1", key).path(0), action -> action.path("status").isNumber());
  }

  private static JsonNode items(String query, String key) {
    return guarded.call("GET", "/v1/audit" + query, key).body().path("items");
  }
}

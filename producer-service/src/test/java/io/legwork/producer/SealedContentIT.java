package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payloads, checkpoints and results of a tenant that asked for them to be sealed. */
class SealedContentIT {

  private static ProducerUnderTest producer;

  @BeforeAll
  static void start() {
    producer =
        ProducerUnderTest.start(
            TestInfra.database(), "--legwork.secrets.encrypted-tenants=other,default");
  }

  @AfterAll
  static void stop() {
    producer.close();
  }

  @Test
  void keepsWhatIsReportedAsThePayloadIsKept() {
    String id = running();
    report(id, "progress", "'checkpoint':{'page':4}");
    assertSealed("select checkpoint from task_progress where task_id = ?", id);
    report(id, "outcome", "'outcome':'succeeded','result':{'a':1.50}");

    assertSealed("select payload from task_input where id = ?", id);
    assertSealed("select result from finished_task where id = ?", id);
    assertThat(producer.get("/v1/tasks/" + id).body().path("result").toString())
        .isEqualTo("{\"a\":1.5}");
  }

  @Test
  void saysThatAResultCannotBeRead() {
    String id = running();
    var strange = new ContentCipher(SecretCipher.of(List.of("B".repeat(42) + "A=")), List.of());
    KeptJson unreadable = strange.keep(true, Part.RESULT, UUID.fromString(id), Json.of("1"));
    producer.succeed(id, unreadable);

    for (Answer answer :
        List.of(producer.get("/v1/tasks/" + id), producer.get("/v1/tasks?limit=200"))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().findValue("resultError").asString())
          .contains("key that is not configured");
    }
    assertThat(producer.get("/v1/tasks/" + id).body().has("result")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Acme", "a_b", "default,x y"})
  void isNotToldToSealForATenantThatCannotBe(String tenants) {
    assertThatThrownBy(() ->
            ProducerUnderTest.start(
                TestInfra.database(), "--legwork.secrets.encrypted-tenants=" + tenants))
        .hasStackTraceContaining("is no name of a tenant");
  }

  private static String running() {
    String id = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");
    producer.claim(id);
    return id;
  }

  private static void report(String id, String kind, String content) {
    String body =
        "{'fencingToken':1,'reportToken':'%s',%s}".formatted(producer.reportToken(id, 1), content);
    assertThat(producer.post("/v1/attempts/" + id + "/" + kind, body).status()).isEqualTo(204);
  }

  private static void assertSealed(String sql, String id) {
    byte[] kept =
        JdbcClient.create(producer.bean(DataSource.class))
            .sql(sql)
            .param(UUID.fromString(id))
            .query(byte[].class)
            .single();
    assertThat(KeptJson.of(kept).isSealed()).isTrue();
  }
}

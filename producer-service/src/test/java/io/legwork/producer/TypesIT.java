package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.task.Json;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the handlers of live workers say of their types, and what that means for a submission. */
class TypesIT {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"pages\":{\"type\":\"integer\"}}}";

  private final ProducerUnderTest producer = ProducerUnderTest.shared();

  @Test
  void showsWhatHandlersSayOfTheirTypes() {
    producer.register(
        new TypeDefinition(
            "report.render",
            Json.of(SCHEMA),
            Duration.ofMinutes(2),
            3,
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), 2)));

    JsonNode report = type("report.render");

    assertThat(report.path("workers").asInt()).isEqualTo(1);
    assertThat(report.path("timeout").asString()).isEqualTo("PT2M");
    assertThat(report.path("maxAttempts").asInt()).isEqualTo(3);
    assertThat(report.at("/retry/max").asString()).isEqualTo("PT1M");
    assertThat(report.path("payloadSchema")).isEqualTo(JsonMapper.shared().readTree(SCHEMA));
    new ApiDescription(producer.get("/openapi").body())
        .expectConforming("TypeList", producer.get("/v1/types").body());
  }

  @Test
  void showsNoTypeWhoseWorkersAreGone() {
    producer.registerForAWorkerThatIsGone(TypeDefinition.of("left.behind"));

    assertThat(type("left.behind").isMissingNode()).isTrue();
  }

  @Test
  void refusesAPayloadThatDoesNotFitAndNamesThePlace() {
    known(new TypeDefinition("report.count", Json.of(SCHEMA), null, null, null));
    int before = producer.stored();

    Answer refused =
        producer.post("/v1/tasks", "{'type':'report.count','payload':{'pages':'many'}}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("invalid-task");
    assertThat(refused.pointers()).containsExactly("#/payload/pages");
    assertThat(producer.stored()).isEqualTo(before);
  }

  @Test
  void refusesAlonePayloadsOfABatchThatDoNotFit() {
    known(new TypeDefinition("report.batch", Json.of(SCHEMA), null, null, null));

    Answer answer =
        producer.post(
            "/v1/tasks/batch",
            """
            {'tasks':[{'type':'report.batch','payload':{'pages':1}},
                      {'type':'report.batch','payload':{'pages':'many'}}]}
            """);

    assertThat(answer.body().toString()).contains("#/tasks/1/payload/pages");
    assertThat(answer.body().toString()).doesNotContain("#/tasks/0");
  }

  @Test
  void goesByWhatTheLatestWorkerSays() {
    known(new TypeDefinition("report.new", Json.of(SCHEMA), null, null, null));
    String many = "{'type':'report.new','payload':{'pages':'many'}}";
    assertThat(producer.post("/v1/tasks", many).status()).isEqualTo(422);

    producer.register(TypeDefinition.of("report.new"));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> producer.post("/v1/tasks", many).status() == 202);
  }

  /** A type is looked up a few times a second at most. */
  private void known(TypeDefinition type) {
    producer.register(type);
    String fitting = "{'type':'%s','payload':{'pages':1}}".formatted(type.name());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> producer.post("/v1/tasks", fitting).status() == 202);
  }

  private JsonNode type(String name) {
    return producer
        .get("/v1/types")
        .body()
        .path("items")
        .valueStream()
        .filter(type -> type.path("type").asString().equals(name))
        .findFirst()
        .orElseGet(JsonMapper.shared()::missingNode);
  }
}

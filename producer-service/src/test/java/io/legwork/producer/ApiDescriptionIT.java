package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class ApiDescriptionIT {

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final ApiDescription api = new ApiDescription(producer.get("/openapi").body());

  @Test
  void servesExactlyWhatIsDeclared() {
    Set<String> operations = new TreeSet<>();
    for (RequestMappingInfo mapping :
        producer.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet()) {
      for (String path : mapping.getPatternValues()) {
        mapping
            .getMethodsCondition()
            .getMethods()
            .forEach(method -> operations.add(method + " " + path));
      }
    }

    assertThat(operations)
        .isEqualTo(
            Endpoints.PRODUCER.stream().map(Endpoint::operation).collect(Collectors.toSet()));
    assertThat(api.operations()).containsAll(operations);
  }

  @Test
  void describesATaskAndItsHistoryAsTheyAre() {
    String id =
        producer
            .post(
                "/v1/tasks",
                """
                {'type':'echo','payload':1,'deadline':'2999-01-01T00:00:00Z','tags':['described'],
                 'metadata':{'a':'b'},'callback':{'url':'https://example.org:1024/'}}
                """)
            .text("id");
    producer.progress(id, 10, "looking");
    producer.fail(id, "no such file");

    expectConforming("Task", "/v1/tasks/" + id);
    expectConforming("EventList", "/v1/tasks/" + id + "/events");
    expectConforming("AttemptList", "/v1/tasks/" + id + "/attempts");
    expectConforming("TaskPage", "/v1/tasks?tag=described");
    expectConforming("TaskPage", "/v1/tasks?limit=1");
  }

  @Test
  void describesAResultAsItIs() {
    String id = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");
    producer.succeed(id, "[1]");

    expectConforming("Task", "/v1/tasks/" + id);
    expectConforming("AttemptList", "/v1/tasks/" + id + "/attempts");
  }

  @Test
  void describesSubmissionsAndProblemsAsTheyAre() {
    JsonNode scheduled =
        producer.post("/v1/tasks", "{'type':'echo','payload':1,'delay':'1d'}").body();
    JsonNode refused = producer.post("/v1/tasks", "{'type':'echo'}").body();
    JsonNode batch =
        producer.post("/v1/tasks/batch", "{'tasks':[{'type':'echo','payload':1},{}]}").body();

    api.expectConforming("Task", scheduled);
    api.expectConforming("Problem", refused);
    api.expectConforming("BatchAnswer", batch);
  }

  private void expectConforming(String schema, String path) {
    api.expectConforming(schema, producer.get(path).body());
  }
}

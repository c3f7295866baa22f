package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationIT {

  private final ProducerUnderTest producer = ProducerUnderTest.shared();

  @Test
  void cancelsATaskOnceAndAnswersTheSameAgain() {
    String id = submit("{'type':'echo','payload':1}");

    Answer cancelled = operate(id + "/cancel");
    Answer again = operate(id + "/cancel");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.text("state")).isEqualTo("CANCELLED");
    assertThat(cancelled.body().at("/error/reason").asString()).contains("cancelled by a request");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(cancelled.body());
    assertThat(kinds(id)).containsExactly("task.cancelled");
    new ApiDescription(producer.get("/openapi").body()).expectConforming("Task", cancelled.body());
  }

  @Test
  void cancelsATaskThatIsToStartLater() {
    String id = submit("{'type':'echo','payload':1,'delay':'1h'}");

    assertThat(operate(id + "/cancel").text("state")).isEqualTo("CANCELLED");
  }

  @Test
  void doesNotCancelATaskThatIsDone() {
    String id = submit("{'type':'echo','payload':1}");
    producer.succeed(id, "2");

    Answer refused = operate(id + "/cancel");

    expectProblem(refused, 409, "task-state-conflict");
    assertThat(refused.text("detail")).contains("SUCCEEDED");
    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void startsAFailedTaskAnew() {
    String id = submit("{'type':'echo','payload':1}");
    producer.fail(id, "no such file");

    Answer redriven = operate(id + "/redrive");

    assertThat(redriven.status()).isEqualTo(200);
    assertThat(redriven.text("state")).isEqualTo("QUEUED");
    assertThat(redriven.body().has("error")).isFalse();
    assertThat(kinds(id)).containsExactly("task.failed", "task.redriven");
    expectProblem(operate(id + "/redrive"), 409, "task-state-conflict");
  }

  @Test
  void startsThoseAnewThatMatch() {
    String tag = "redrive-" + UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      producer.fail(submit("{'type':'echo','payload':1,'tags':['" + tag + "']}"), "broken");
    }
    String other = submit("{'type':'echo','payload':1}");
    producer.fail(other, "broken");

    Answer first = operate("redrive?state=FAILED&limit=2&tag=" + tag);
    Answer second = operate("redrive?state=FAILED&limit=2&tag=" + tag);

    assertThat(first.body().toString()).isEqualTo("{\"redriven\":2,\"more\":true}");
    assertThat(second.body().toString()).isEqualTo("{\"redriven\":1,\"more\":false}");
    assertThat(producer.get("/v1/tasks?state=QUEUED&tag=" + tag).body().path("items").size())
        .isEqualTo(3);
    assertThat(producer.get("/v1/tasks/" + other).text("state")).isEqualTo("FAILED");
    new ApiDescription(producer.get("/openapi").body()).expectConforming("Redriven", first.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redrive",
        "redrive?state=SUCCEEDED",
        "redrive?state=QUEUED",
        "redrive?state=failed",
        "redrive?state=FAILED&state=EXPIRED",
        "redrive?state=FAILED&limit=0",
        "redrive?state=FAILED&limit=100000",
        "redrive?state=FAILED&all=true",
        "redrive?state=FAILED&cursor=x"
      })
  void refusesAFilterThatIsNotClear(String path) {
    Answer refused = operate(path);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("code")).isIn("invalid-parameter", "invalid-cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "redrive"})
  void knowsNothingOfUnknownTasks(String operation) {
    expectProblem(operate(UUID.randomUUID() + "/" + operation), 404, "task-not-found");
    expectProblem(operate("nonsense/" + operation), 404, "task-not-found");
  }

  private String submit(String task) {
    return producer.post("/v1/tasks", task).text("id");
  }

  private Answer operate(String path) {
    return producer.send(producer.request("/v1/tasks/" + path).POST(BodyPublishers.noBody()));
  }

  private List<String> kinds(String id) {
    return producer
        .get("/v1/tasks/" + id + "/events")
        .body()
        .path("items")
        .valueStream()
        .map(event -> event.path("type").asString())
        .toList();
  }
}

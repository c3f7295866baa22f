package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that would rather wait a little than ask again (RFC 7240). */
class PreferWaitIT {

  private final Api api = Legwork.shared().api();

  @Test
  void answersWithTheFinishedTaskWhenItIsDoneInTime() {
    var answer = api.post("/v1/tasks", aTask("echo", Map.of("a", 1)), "Prefer", "wait=5");

    answer.expect(200);
    assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
    assertThat(answer.body().path("result")).hasToString("{\"a\":1}");
    assertThat(answer.header("Preference-Applied")).contains("wait=5");
    assertThat(answer.took()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void answers202WhenItIsNotDoneInTime() {
    var task = aTask("echo", "later").put("delay", "30s");
    var answer = api.post("/v1/tasks", task, "Prefer", "respond-async, wait=1");

    answer.expect(202);
    assertThat(answer.header("Location")).isPresent();
    assertThat(answer.took()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
  }

  @Test
  void waitsForATaskThatIsLookedUp() {
    var id = api.submit(aTask("echo", "later").put("delay", "1s"));

    var answer = api.get("/v1/tasks/" + id, "Prefer", "wait=10").expect(200);

    assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
    assertThat(answer.took()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void ignoresAPreferenceItDoesNotKnow() {
    api.post("/v1/tasks", aTask("echo", 1), "Prefer", "colour=blue").expect(202);
    api.post("/v1/tasks", aTask("echo", 1), "Prefer", "wait=soon").expect(202);
  }
}

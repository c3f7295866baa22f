package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubmissionIT {

  private static ProducerUnderTest producer;

  @BeforeAll
  static void start() {
    producer = ProducerUnderTest.start(TestInfra.database());
  }

  @AfterAll
  static void stop() {
    producer.close();
  }

  @Test
  void acceptsATask() {
    Answer answer =
        producer.post(
            "/v1/tasks",
            "{'type':'echo','payload':{'n':1},'tags':['a'],'metadata':{'order':'4711'}}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + answer.text("id"));
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("state")).isEqualTo("QUEUED");
    assertThat(producer.get(answer.header("Location")).body()).isEqualTo(answer.body());
  }
}

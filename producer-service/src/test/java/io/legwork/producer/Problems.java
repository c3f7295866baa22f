package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.producer.RawHttp.Reply;

/** Expects answers to be problems. */
final class Problems {

  private Problems() {}

  static void expectProblem(Answer answer, int status, String code) {
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("urn:legwork:problem:" + code);
    assertThat(answer.body().toString()).doesNotContain("Exception", "select ", "insert ");
  }

  static void expectProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.text()).contains("Content-Type: application/problem+json");
    assertThat(reply.body()).contains("\"code\":\"" + code + "\"");
  }
}

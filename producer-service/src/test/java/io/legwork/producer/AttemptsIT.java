package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an endpoint reports of an attempt that outlives the request. */
class AttemptsIT {

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final String id = running();

  @Test
  void endsTheAttemptWithItsResult() {
    Answer taken =
        report("outcome", "{'fencingToken':1,'outcome':'succeeded','result':{'a':1.50}}");

    assertThat(taken.status()).isEqualTo(204);
    Answer task = producer.get("/v1/tasks/" + id);
    assertThat(task.text("state")).isEqualTo("SUCCEEDED");
    assertThat(task.body().path("result").toString()).isEqualTo("{\"a\":1.5}");
  }

  @Test
  void tellsTheWorkerToLetGo() {
    report("outcome", "{'fencingToken':1,'outcome':'succeeded'}");

    assertThat(
            JdbcClient.create(producer.bean(DataSource.class))
                .sql("select count(*) from revocation where task_id = ?::uuid and attempt = 1")
                .param(id)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void triesAgainWhatFailedWhileAttemptsAreLeft() {
    report("outcome", "{'fencingToken':1,'outcome':'failed','reason':'busy','delay':'1h'}");

    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("RETRYING");
    assertThat(producer.get("/v1/tasks/" + id + "/attempts").body().toString()).contains("busy");
  }

  @Test
  void doesNotTryAgainWhatFailedForGood() {
    report("outcome", "{'fencingToken':1,'outcome':'failed','reason':'no','permanent':true}");

    assertThat(producer.get("/v1/tasks/" + id).body().at("/error/reason").asString())
        .isEqualTo("no");
  }

  @Test
  void putsATaskOff() {
    report("outcome", "{'fencingToken':1,'outcome':'snoozed','delay':'1h'}");

    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("RETRYING");
  }

  @Test
  void showsTheProgressThatIsReported() {
    Answer taken = report("progress", "{'fencingToken':1,'percent':40,'message':'page 4'}");
    Answer alive = report("heartbeat", "{'fencingToken':1}");

    assertThat(taken.status()).isEqualTo(204);
    assertThat(alive.status()).isEqualTo(204);
    assertThat(producer.get("/v1/tasks/" + id).body().at("/progress/message").asString())
        .isEqualTo("page 4");
  }

  @ParameterizedTest
  @CsvSource({"outcome", "progress", "heartbeat"})
  void refusesWhatIsStale(String kind) {
    String content = kind.equals("outcome") ? ",'outcome':'succeeded'}" : "}";
    Answer otherToken = report(kind, "{'fencingToken':2" + content);
    report("outcome", "{'fencingToken':1,'outcome':'succeeded','result':1}");
    Answer twice = report(kind, "{'fencingToken':1" + content);

    assertThat(otherToken.status()).isEqualTo(409);
    assertThat(otherToken.text("code")).isEqualTo("stale-attempt");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(producer.get("/v1/tasks/" + id).body().path("result").asInt()).isEqualTo(1);
  }

  @Test
  void refusesTheOutcomeOfACancelledTask() {
    producer.post("/v1/tasks/" + id + "/cancel", "");

    assertThat(report("outcome", "{'fencingToken':1,'outcome':'succeeded'}").status())
        .isEqualTo(409);
    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("CANCELLED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                 | #/fencingToken
          {'fencingToken':1}                                 | #/outcome
          {'fencingToken':1,'outcome':'done'}                | #/outcome
          {'fencingToken':1,'outcome':'failed'}              | #/reason
          {'fencingToken':1,'outcome':'snoozed'}             | #/delay
          {'fencingToken':0,'outcome':'succeeded'}           | #/fencingToken
          {'fencingToken':1,'outcome':'succeeded','res':1}   | #/res
          {'fencingToken':1,'outcome':'failed','reason':'x','permanent':'yes'} | #/permanent
          []                                                 | #
          {'reportToken':7,'fencingToken':1}                 | #/reportToken
          """)
  void refusesAReportThatMakesNoSense(String body, String pointer) {
    Answer refused = report("outcome", body);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("invalid-report");
    assertThat(refused.pointers()).contains(pointer);
  }

  @Test
  void knowsNoTaskThatIsNone() {
    assertThat(
            producer
                .post("/v1/attempts/none/outcome", "{'fencingToken':1,'outcome':'succeeded'}")
                .status())
        .isEqualTo(404);
  }

  /** Who knows the task and the number of the attempt was not given it. */
  @ParameterizedTest
  @CsvSource({"outcome", "progress", "heartbeat"})
  void refusesWhoWasNotGivenTheAttempt(String kind) {
    String content = kind.equals("outcome") ? ",'outcome':'succeeded'}" : "}";
    for (String token :
        List.of("", "x", producer.reportToken(id, 2), producer.reportToken(running(), 1))) {
      Answer forged =
          producer.post(
              "/v1/attempts/" + id + "/" + kind,
              "{'fencingToken':1,'reportToken':'%s'%s".formatted(token, content));

      assertThat(forged.status()).isEqualTo(409);
      assertThat(forged.text("code")).isEqualTo("stale-attempt");
    }
    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("RUNNING");
  }

  /** A report with the token of the attempt it names, if it names one. */
  private Answer report(String kind, String body) {
    String token = producer.reportToken(id, body.contains("'fencingToken':2") ? 2 : 1);
    String proved =
        body.startsWith("{") && !body.contains("reportToken")
            ? "{'reportToken':'%s'%s%s"
                .formatted(token, body.equals("{}") ? "" : ",", body.substring(1))
            : body;
    return producer.post("/v1/attempts/" + id + "/" + kind, proved);
  }

  private String running() {
    String submitted = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");
    producer.claim(submitted);
    return submitted;
  }
}

package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SubscriptionsIT {

  private static final String PATH = "/v1/subscriptions";
  private static final String WEBHOOK =
      """
      {'name':'billing','filter':{'states':['FAILED'],'types':['image.*'],'queues':['bulk'],
       'tags':['a:b']},'limits':{'concurrency':2,'perSecond':9,'disableAfter':'2d'},
       'owner':'ops@example.org','webhook':{'url':'https://example.org/hook',
       'format':'cloudevents','headers':{'Authorization':'Bearer hidden-token'}}}
      """;

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final ApiDescription api = new ApiDescription(producer.get("/openapi").body());

  @Test
  void showsTheSecretOnce() {
    Answer created = producer.post(PATH, WEBHOOK);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(PATH + "/" + created.text("id"));
    assertThat(created.text("secret")).startsWith("whsec_");
    assertThat(Base64.getDecoder().decode(created.text("secret").substring(6))).hasSize(32);
    Answer read = producer.get(created.header("Location"));
    assertThat(read.body().toString())
        .doesNotContain(created.text("secret"), "hidden-token")
        .contains("\"headerNames\":[\"Authorization\"]", "\"format\":\"cloudevents\"");
    assertThat(read.body().path("limits").path("disableAfter").asString()).isEqualTo("2d");
    api.expectConforming("Subscription", created.body());
    api.expectConforming("Subscription", read.body());
  }

  @Test
  void givesAPublicKeyWhereTheKeyIsAsymmetric() {
    Answer created =
        producer.post(
            PATH, "{'name':'n','webhook':{'url':'https://example.org/','signing':'ed25519'}}");

    assertThat(created.body().has("secret")).isFalse();
    assertThat(created.body().at("/webhook/publicKey").asString()).startsWith("whpk_");
  }

  @Test
  void livesItsLife() {
    String path = producer.post(PATH, WEBHOOK).header("Location");

    assertThat(post(path + "/pause").text("state")).isEqualTo("PAUSED");
    assertThat(post(path + "/resume").text("state")).isEqualTo("ACTIVE");
    Answer updated = put(path, WEBHOOK.replace("billing", "renamed"));
    assertThat(updated.text("name")).isEqualTo("renamed");
    assertThat(updated.body().has("secret")).isFalse();
    expectProblem(
        put(path, "{'name':'n','email':{'to':'a@example.org'}}"), 409, "subscription-conflict");
    Answer list = producer.get(PATH);
    assertThat(list.body().path("items").toString()).contains("renamed");
    api.expectConforming("SubscriptionPage", list.body());
    assertThat(producer.send(producer.request(path).DELETE()).status()).isEqualTo(204);
    expectProblem(producer.get(path), 404, "subscription-not-found");
    expectProblem(post(path + "/pause"), 404, "subscription-not-found");
  }

  @Test
  void rotatesTheSecret() {
    Answer created = producer.post(PATH, WEBHOOK);
    String path = created.header("Location");

    Answer rotated = post(path + "/rotate-secret?overlap=2h");

    assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(created.text("secret"));
    assertThat(rotated.body().path("webhook").has("formerKeyUntil")).isTrue();
    expectProblem(post(path + "/rotate-secret?overlap=8d"), 400, "invalid-parameter");
    expectProblem(post(path + "/rotate-secret?overlap=-1s"), 400, "invalid-parameter");
  }

  @Test
  void leavesATestEventToTheNotifier() {
    String path = producer.post(PATH, WEBHOOK).header("Location");

    Answer sent = post(path + "/test");

    assertThat(sent.status()).isEqualTo(202);
    Answer delivery = producer.get("/v1/deliveries/" + sent.text("delivery"));
    assertThat(delivery.text("type")).isEqualTo("subscription.test");
    assertThat(delivery.text("state")).isEqualTo("PENDING");
    assertThat(path).endsWith(delivery.text("subscription"));
    api.expectConforming("Delivery", delivery.body());
    expectProblem(
        post("/v1/deliveries/" + sent.text("delivery") + "/redeliver"),
        409,
        "delivery-state-conflict");
    Answer listed = producer.get("/v1/deliveries?subscription=" + delivery.text("subscription"));
    assertThat(listed.body().path("items").size()).isEqualTo(1);
    api.expectConforming("DeliveryPage", listed.body());
  }

  @Test
  void givesUpWhatPendsWhenItIsDeleted() {
    String path = producer.post(PATH, WEBHOOK).header("Location");
    String delivery = post(path + "/test").text("delivery");

    producer.send(producer.request(path).DELETE());

    assertThat(producer.get("/v1/deliveries/" + delivery).text("state")).isEqualTo("DISABLED");
    Answer again =
        post(
            "/v1/deliveries/redeliver?since=2020-01-01T00:00:00Z&subscription="
                + path.substring(PATH.length() + 1));
    assertThat(again.body().path("redelivered").asInt()).isEqualTo(1);
    api.expectConforming("Redelivered", again.body());
    assertThat(producer.get("/v1/deliveries/" + delivery).text("state")).isEqualTo("PENDING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | #/name",
        "{'name':'','webhook':{'url':'https://example.org/'}} | #/name",
        "{'name':'n'} | #/webhook",
        "{'name':'n','webhook':{'url':'https://e.org/'},'email':{'to':'a@b'}} | #/webhook",
        "{'name':'n','webhook':{}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://u:p@e.org/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://2130706433/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://127.0.0.1:8080/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://localhost:8080/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://metadata.google.internal/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://[fd00:ec2::254]/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'http://[::ffff:10.0.0.1]/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'https://e.org:6379/'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'file:///etc/passwd'}} | #/webhook/url",
        "{'name':'n','webhook':{'url':'https://e.org/','secret':'whsec_x'}} | #/webhook/secret",
        "{'name':'n','webhook':{'url':'https://e.org/','format':'xml'}} | #/webhook/format",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'Host':'a'}}} | #/webhook/headers/Host",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'webhook-signature':'a'}}} | #/webhook/headers/webhook-signature",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'Content-Length':'1'}}} | #/webhook/headers/Content-Length",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'Connection':'a'}}} | #/webhook/headers/Connection",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'transfer-encoding':'a'}}} | #/webhook/headers/transfer-encoding",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'X':'a\\r\\nY: b'}}} | #/webhook/headers/X",
        "{'name':'n','webhook':{'url':'https://e.org/','headers':{'X Y':'a'}}} | #/webhook/headers/X%20Y",
        "{'name':'n','email':{'to':'a@b\\r\\nBcc: c@d'}} | #/email/to",
        "{'name':'n','email':{'to':'nobody'}} | #/email/to",
        "{'name':'n','amqp':{'exchange':'legwork.tasks'}} | #/amqp/exchange",
        "{'name':'n','amqp':{'exchange':'amq.direct'}} | #/amqp/exchange",
        "{'name':'n','amqp':{'exchange':''}} | #/amqp/exchange",
        "{'name':'n','amqp':{'exchange':'mine'},'filter':{'states':['RUNNING']}} | #/filter/states/0",
        "{'name':'n','amqp':{'exchange':'mine'},'filter':{'types':['a b']}} | #/filter/types/0",
        "{'name':'n','amqp':{'exchange':'mine'},'limits':{'concurrency':0}} | #/limits/concurrency",
        "{'name':'n','amqp':{'exchange':'mine'},'tenant':'other'} | #/tenant",
        "{'name':'n','amqp':{'exchange':'mine'},'owner':'x'} | #/owner"
      })
  void saysWhatIsWrong(String body, String pointer) {
    Answer answer = producer.post(PATH, body);

    expectProblem(answer, 422, "invalid-subscription");
    assertThat(answer.pointers()).contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?state=LOST",
        "?limit=0",
        "?since=yesterday",
        "?cursor=x",
        "?subscription=x",
        "?tenant=other"
      })
  void refusesParametersOfTheLogThatAreWrong(String query) {
    expectProblem(producer.get("/v1/deliveries" + query), 400, "invalid-parameter");
  }

  @Test
  void knowsNoOtherDeliveries() {
    expectProblem(producer.get("/v1/deliveries/" + UUID.randomUUID()), 404, "delivery-not-found");
    expectProblem(producer.get("/v1/deliveries/1"), 404, "delivery-not-found");
    expectProblem(post("/v1/deliveries/redeliver"), 400, "invalid-parameter");
  }

  @Test
  void keepsTheSecretsOfCallbacksSealed() {
    String secret = "whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIsIDMyIGI=";
    String id =
        producer
            .post(
                "/v1/tasks",
                "{'type':'echo','payload':1,'callback':{'url':'https://example.org/','secret':'%s'}}"
                    .formatted(secret))
            .text("id");

    String stored =
        JdbcClient.create(producer.bean(DataSource.class))
            .sql("select callback_secret from task_input where id = :id")
            .param("id", UUID.fromString(id))
            .query(String.class)
            .single();

    assertThat(stored).startsWith("aes1.").doesNotContain(secret.substring(6));
  }

  private Answer post(String path) {
    return producer.send(producer.request(path).POST(BodyPublishers.noBody()));
  }

  private Answer put(String path, String body) {
    return producer.send(
        producer
            .request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
  }
}

package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a service is made of is found out by the build, where it has no settings; what it does with
 * it is decided by the settings of its start.
 */
class PackagedIT {

  private final Legwork legwork = Legwork.shared();

  @Test
  void startsFromWhatTheBuildHasFoundOut() {
    assertThat(legwork.services())
        .allSatisfy(service -> assertThat(service.log()).contains("Starting AOT-processed"));
  }

  @Test
  void asksForKeysUnlessItsStartSaysOtherwise() throws Exception {
    ServiceProcess open =
        legwork.application(
            "open-producer",
            Legwork.jar("producer-service"),
            Map.of("LEGWORK_SECURITY_OPEN", "true", "LEGWORK_SECURITY_ADMIN_KEYS", ""));
    open.start();
    try {
      open.awaitReady();

      assertThat(answerWithoutKey(open)).isEqualTo(200);
      assertThat(answerWithoutKey(legwork.producer())).isEqualTo(401);
    } finally {
      open.kill();
    }
  }

  @Test
  void sendsMailsThroughTheServerThatItsStartNames() {
    legwork
        .api()
        .post(
            "/v1/subscriptions",
            """
            {"name": "packaged", "filter": {"tags": ["mailed"]},
             "email": {"to": "packaged@example.org"}}
            """)
        .expect(201);
    var task = aTask("echo", "by mail");
    task.putArray("tags").add("mailed");

    legwork.api().awaitEnd(legwork.api().submit(task));

    await("mail").until(this::hasCome);
  }

  private boolean hasCome() throws MessagingException {
    for (MimeMessage mail : legwork.mails()) {
      if (Arrays.toString(mail.getAllRecipients()).contains("packaged@example.org")) {
        return true;
      }
    }
    return false;
  }

  private static int answerWithoutKey(ServiceProcess service)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(service.url().resolve("/v1/tasks")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}

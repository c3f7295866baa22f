package io.legwork.bench.system;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

/** Subscribes webhooks to the ends of tasks. */
public final class Subscriber implements AutoCloseable {

  private static final int LAST_GOOD = 299;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  /** Asks the producer on this port. */
  public Subscriber(int port) {
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Subscribes a URL and pauses the subscription, so that its deliveries gather.
   *
   * @param connections how many attempts may be under way at the same time
   * @return the id of the subscription
   */
  public String pausedWebhook(String name, String url, int connections)
      throws IOException, InterruptedException {
    var body =
        """
        {"name":"%s","filter":{"states":["SUCCEEDED"]},"webhook":{"url":"%s"},
         "limits":{"concurrency":%d,"disableAfter":"30d"}}
        """
            .formatted(name, url, connections);
    var answer = post("/v1/subscriptions", body);
    var id = JsonMapper.shared().readTree(answer).path("id").asString();
    post("/v1/subscriptions/" + id + "/pause", "");
    return id;
  }

  /** Lets what has gathered go. */
  public void resume(String subscription) throws IOException, InterruptedException {
    post("/v1/subscriptions/" + subscription + "/resume", "");
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header(RunKey.HEADER, RunKey.header())
            .header("Content-Type", "application/json")
            .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() > LAST_GOOD) {
      throw new IOException(path + " was answered with " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

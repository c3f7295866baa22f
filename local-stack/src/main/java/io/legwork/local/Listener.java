package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Follows the stream of events and posts each to a program at a desk, signed like a webhook
 * (Standard Webhooks 1.0), with the event as the stream shows it as {@code data}. Where the stream
 * breaks it goes on after the last event it has posted. An event is posted once: whoever listens is
 * looking, and a second try would come as a surprise.
 */
final class Listener {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");
  private static final String SECRET_PREFIX = "whsec_";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI events;
  private final String key;
  private final URI target;
  private final byte[] secret;
  private final Consumer<String> terminal;
  private String latest = "";

  /**
   * @param key what the stream is asked with; empty for none
   * @param secret {@code whsec_} and the key in Base64
   * @param terminal is told of every event
   */
  Listener(URI events, String key, URI target, String secret, Consumer<String> terminal) {
    this.events = events;
    this.key = key;
    this.target = target;
    this.secret = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    this.terminal = terminal;
  }

  /** Posts events until its thread is interrupted. */
  void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        follow();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    var request = HttpRequest.newBuilder(events).header("Accept", "text/event-stream");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    if (!latest.isEmpty()) {
      request.header("Last-Event-ID", latest);
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        if (response.statusCode() != 200) {
          throw new LocalStackException(
              "%s answered %d: %s".formatted(events, response.statusCode(), lines.readLine()));
        }
        read(lines);
      }
    } catch (IOException broken) {
      terminal.accept("The stream broke (%s); trying again.".formatted(broken.getMessage()));
    }
  }

  private void read(BufferedReader lines) throws IOException, InterruptedException {
    String id = "";
    String type = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("data: ") && type.startsWith("task.")) {
        post(type, line.substring("data: ".length()));
        latest = id;
      }
    }
  }

  private void post(String type, String data) throws InterruptedException {
    var id = first(ID, data);
    var timestamp = Long.toString(Instant.now().getEpochSecond());
    var body =
        "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":%s}".formatted(type, first(AT, data), data);
    var request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", "v1," + signature(id + '.' + timestamp + '.' + body))
            .POST(BodyPublishers.ofString(body))
            .build();
    terminal.accept("%s %s -> %s".formatted(type, id, answer(request)));
  }

  private String answer(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
      return Integer.toString(response.statusCode());
    } catch (IOException unreachable) {
      return "no answer: " + unreachable;
    }
  }

  private String signature(String content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}

package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Has the audit log of the stack on this machine verified. */
record Audit(Home home, Terminal terminal) {

  private static final String PATH = "/v1/audit/verification";
  private static final int MISUSED = 2;

  /** A long log takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Prints what was found; 0 if the log is as it was written. */
  int run(List<String> options) {
    var query =
        switch (options.size()) {
          case 0 -> "";
          case 2 -> options.getFirst().equals("--head") ? "?head=" + options.getLast() : null;
          default -> null;
        };
    if (query == null || !query.matches("[?=a-z0-9]*")) {
      System.err.println("legwork: usage: ./legwork audit [--head HEAD]");
      return MISUSED;
    }
    var answer = ask(query);
    terminal.say(answer.body());
    return answer.body().contains("\"intact\":true") ? 0 : 1;
  }

  private HttpResponse<String> ask(String query) {
    var settings =
        StackSettings.load(home.settings())
            .orElseThrow(() ->
                new LocalStackException(
                    "Legwork was never started here; start it with `./legwork up`."));
    var url = "http://127.0.0.1:%d%s%s".formatted(settings.port(Port.PRODUCER), PATH, query);
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header(RunKey.HEADER, "Bearer " + settings.apiKey())
            .timeout(PATIENCE)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LocalStackException(
          "The producer does not answer at %s; see `./legwork status`.".formatted(url), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted.", e);
    }
  }
}

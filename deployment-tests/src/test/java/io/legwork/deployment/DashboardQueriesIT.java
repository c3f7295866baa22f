package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every panel shows something: its queries are put to a Prometheus that scrapes a running system
 * which has done some work, {@code -Dlegwork.prometheus=http://127.0.0.1:9090}.
 */
@EnabledIfSystemProperty(named = "legwork.prometheus", matches = "http.+")
class DashboardQueriesIT {

  /** Rates need two scrapes, and rules an evaluation. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI prometheus = URI.create(System.getProperty("legwork.prometheus", ""));

  @ParameterizedTest
  @MethodSource("io.legwork.deployment.Dashboard#all()")
  void noneIsAnsweredWithNothing(Dashboard dashboard) {
    AtomicReference<List<String>> unanswered = new AtomicReference<>(dashboard.queries());
    await(dashboard.file())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> {
          unanswered.updateAndGet(all -> all.stream().filter(this::isUnanswered).toList());
          assertThat(unanswered.get()).as("queries that return nothing").isEmpty();
        });
  }

  private boolean isUnanswered(String query) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    var request = HttpRequest.newBuilder(prometheus.resolve(path)).timeout(PATIENCE).build();
    try {
      JsonNode answer = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
      assertThat(answer.path("error").asText()).as(query).isEmpty();
      return answer.path("data").path("result").isEmpty();
    } catch (IOException unreachable) {
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}

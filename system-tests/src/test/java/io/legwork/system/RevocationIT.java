package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.service.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was revoked with one producer is refused everywhere within five seconds. */
class RevocationIT {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationIT.class);
  private static final Duration PROMISE = Duration.ofSeconds(5);
  private static final int KEYS = 5;

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @Test
  void isSeenByEveryInstance() {
    ServiceProcess second = legwork.application("second-producer", Legwork.jar("producer-service"));
    second.start();
    try {
      second.awaitReady();
      var times = new ArrayList<Map<String, Duration>>();
      for (int i = 0; i < KEYS; i++) {
        times.add(revoke(new Api(second.url())));
      }

      LOG.info("From the answer to DELETE until the key was refused: {}", times);
      assertThat(times)
          .allSatisfy(
              places -> assertThat(places.values()).allMatch(it -> it.compareTo(PROMISE) <= 0));
    } finally {
      second.kill();
    }
  }

  /** How long it took, by place. */
  private Map<String, Duration> revoke(Api second) {
    Answer made = api.post("/v1/keys", "{\"name\":\"gone\",\"roles\":[\"read\"]}").expect(201);
    String header = "Bearer " + made.text("key");
    Api notifier = new Api(legwork.notifier().url());
    await("known to all").until(() -> taken(second, header) && taken(notifier, header));
    try (var stream =
        EventStream.open(legwork.notifier().url(), "?types=nothing", RunKey.HEADER, header)) {
      assertThat(stream.status()).isEqualTo(200);

      api.delete("/v1/keys/" + made.text("id")).expect(204);

      long start = System.nanoTime();
      var waiting =
          new TreeMap<String, BooleanSupplier>(
              Map.of(
                  "first producer", () -> !taken(api, header),
                  "second producer", () -> !taken(second, header),
                  "notifier", () -> !taken(notifier, header),
                  "open stream", stream::isOver));
      var times = new TreeMap<String, Duration>();
      await("refused everywhere")
          .pollInterval(Duration.ofMillis(20))
          .until(() -> {
            for (var place : List.copyOf(waiting.entrySet())) {
              if (place.getValue().getAsBoolean()) {
                waiting.remove(place.getKey());
                times.put(place.getKey(), Duration.ofNanos(System.nanoTime() - start));
              }
            }
            return waiting.isEmpty();
          });
      return times;
    }
  }

  /** Whether a key is let in, to something that is not there. */
  private static boolean taken(Api api, String header) {
    String nothing = "?task=018f2c3e-7b1a-7cc0-8000-000000000000";
    return api.get("/v1/events" + nothing, RunKey.HEADER, header).status() == 404;
  }
}

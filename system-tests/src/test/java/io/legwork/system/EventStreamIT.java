package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.EventStream.Event;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watching tasks end, and catching up after a break. */
class EventStreamIT {

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();
  private final URI notifier = legwork.notifier().url();

  @Test
  void tellsWhatHappens() {
    try (var stream = EventStream.open(notifier, "")) {
      var id = api.submit(aTask("echo", 1));

      await("event").until(() -> of(stream, id).size() == 1);
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.contentType()).startsWith("text/event-stream");
      var event = of(stream, id).getFirst();
      assertThat(event.name()).isEqualTo("task.succeeded");
      assertThat(event.id()).matches("[0-9]+");
      // Nobody is told of what is not yet to be seen.
      assertThat(Api.state(api.task(id))).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void replaysWhatWasMissedAndNothingTwice() {
    Event first;
    var seen = "";
    try (var stream = EventStream.open(notifier, "?types=echo")) {
      seen = api.submit(aTask("echo", "seen"));
      var id = seen;
      await("first event").until(() -> of(stream, id).size() == 1);
      first = of(stream, seen).getFirst();
    }
    var missed = List.of(api.submit(aTask("echo", "a")), api.submit(aTask("echo", "b")));
    missed.forEach(api::awaitEnd);

    try (var stream = EventStream.open(notifier, "?types=echo", "Last-Event-ID", first.id())) {
      await("missed events")
          .until(() -> missed.stream().allMatch(id -> of(stream, id).size() == 1));
      var later = api.submit(aTask("echo", "later"));
      await("later event").until(() -> of(stream, later).size() == 1);

      assertThat(of(stream, seen)).isEmpty();
      assertThat(stream.events()).extracting(Event::id).doesNotHaveDuplicates();
      assertThat(stream.events().stream().map(event -> Long.valueOf(event.id()))).isSorted();
    }
  }

  @Test
  void followsOneTask() {
    var watched = api.submit(aTask("echo", "watched").put("delay", "1s"));
    try (var stream = EventStream.open(notifier, "?task=" + watched)) {
      api.awaitEnd(api.submit(aTask("echo", "other")));

      await("event").until(() -> of(stream, watched).size() == 1);
      assertThat(stream.events()).hasSize(1);
    }
  }

  private static List<Event> of(EventStream stream, String taskId) {
    return stream.events().stream()
        .filter(event -> event.data().toString().contains(taskId))
        .toList();
  }
}

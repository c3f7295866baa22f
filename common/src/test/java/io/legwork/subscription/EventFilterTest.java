package io.legwork.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

  @ParameterizedTest
  @CsvSource({
    "image.thumbnail, image.thumbnail, true",
    "image.thumbnail, image.thumbnails, false",
    "image.*, image.thumbnail, true",
    "image.*, image., true",
    "image.*, images.thumbnail, false",
    "*.thumbnail, image.big.thumbnail, true",
    "i*.t*l, image.thumbnail, true",
    "i*.t*l, image.thumbnails, false",
    "*, anything, true",
    "**a**, bab, true"
  })
  void knowsWildcards(String pattern, String type, boolean matches) {
    assertThat(TypePattern.matches(pattern, type)).isEqualTo(matches);
  }

  @Test
  void isNotSlowedDownByManyStars() {
    String type = "a".repeat(128);

    assertThat(
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> TypePattern.matches("*a".repeat(63) + "*b", type)))
        .isFalse();
  }

  @Test
  void letsTheEndsOfTasksPassUnlessStatesAreNamed() {
    EventFilter retrying =
        new EventFilter(Set.of(EventKind.RETRYING), List.of(), Set.of(), Set.of());

    assertThat(EventFilter.ENDINGS.mayPass(event(EventKind.SUCCEEDED))).isTrue();
    assertThat(EventFilter.ENDINGS.mayPass(event(EventKind.RETRYING))).isFalse();
    assertThat(retrying.mayPass(event(EventKind.RETRYING))).isTrue();
    assertThat(retrying.mayPass(event(EventKind.FAILED))).isFalse();
  }

  @Test
  void asksEveryPart() {
    TaskEvent event = event(EventKind.FAILED);

    assertThat(filter(List.of("image.*"), "default").mayPass(event)).isTrue();
    assertThat(filter(List.of("csv.*"), "default").mayPass(event)).isFalse();
    assertThat(filter(List.of("image.*"), "bulk").mayPass(event)).isFalse();
  }

  @Test
  void wantsOneOfItsTags() {
    EventFilter filter = new EventFilter(Set.of(), List.of(), Set.of(), Set.of("a", "b"));

    assertThat(filter.passes(List.of("b", "c"))).isTrue();
    assertThat(filter.passes(List.of("c"))).isFalse();
    assertThat(EventFilter.ENDINGS.passes(List.of())).isTrue();
  }

  private static EventFilter filter(List<String> types, String queue) {
    return new EventFilter(Set.of(), types, Set.of(queue), Set.of());
  }

  private static TaskEvent event(EventKind kind) {
    return new TaskEvent(
        1,
        UUID.randomUUID(),
        kind,
        "default",
        new TaskId(UUID.randomUUID()),
        "image.thumbnail",
        "default",
        1,
        1,
        Instant.EPOCH,
        false,
        null);
  }
}

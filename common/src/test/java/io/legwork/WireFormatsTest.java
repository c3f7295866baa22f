package io.legwork;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.Announcement;
import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Old and new services exchange messages while an update is rolled out. For each version there is a
 * folder with its messages, byte by byte, which never change: this version has to read them, and to
 * write all that they say where it tells the same, because that is what the other one reads. What
 * is added is ignored by it.
 */
class WireFormatsTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "wire");
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final TaskMessage TRACED =
      new TaskMessage(
          task("0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
          "default",
          "image.thumbnail",
          2,
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private static final TaskMessage PLAIN =
      new TaskMessage(
          task("0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0c"), "default", "image.thumbnail", 0, null);

  private static final TaskEvent FAILED =
      new TaskEvent(
          5_000_000_000L,
          UUID.fromString("0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
          EventKind.FAILED,
          "default",
          task("0197f9a0-1c2d-7000-8000-000000000001"),
          "image.thumbnail",
          "default",
          3,
          5,
          Instant.parse("2026-11-20T10:15:30.123456Z"),
          true,
          "boom");

  private static final TaskEvent SUCCEEDED =
      new TaskEvent(
          5_000_000_001L,
          UUID.fromString("0197f9a0-1c2d-7e3f-8a4b-5c6d7e8f9a0c"),
          EventKind.SUCCEEDED,
          "default",
          task("0197f9a0-1c2d-7000-8000-000000000002"),
          "echo",
          "reports",
          1,
          1,
          Instant.parse("2026-11-20T10:15:30Z"),
          false,
          null);

  static List<Path> versions() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void areReadAsTheyWereWritten(Path version) throws Exception {
    assertThat(TaskGroup.decode(Files.readAllBytes(version.resolve("task.json"))).tasks())
        .containsExactly(TRACED);
    assertThat(TaskGroup.decode(Files.readAllBytes(version.resolve("tasks.json"))).tasks())
        .containsExactly(TRACED, PLAIN);
    assertThat(TaskEvent.decode(Files.readAllBytes(version.resolve("event.json"))))
        .isEqualTo(FAILED);
    // A queue may hold both for the notifier.
    assertThat(Announcement.decode(Files.readAllBytes(version.resolve("event.json"))))
        .containsExactly(FAILED);
    assertThat(Announcement.decode(Files.readAllBytes(version.resolve("events.json"))))
        .containsExactly(FAILED, SUCCEEDED);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void areWrittenWithAllThatTheyHad(Path version) throws IOException {
    var messages = Announcement.of(List.of(FAILED, SUCCEEDED)).getFirst().messages();

    assertTells(version.resolve("task.json"), TRACED.encode());
    assertTells(version.resolve("tasks.json"), new TaskGroup(List.of(TRACED, PLAIN)).encode());
    assertTells(version.resolve("event.json"), FAILED.toMessage().body().bytes());
    assertTells(version.resolve("events.json"), messages.getFirst().body().bytes());
  }

  private static void assertTells(Path former, byte[] written) throws IOException {
    assertTells(former.toString(), JSON.readTree(former.toFile()), JSON.readTree(written));
  }

  private static void assertTells(String place, JsonNode former, JsonNode now) {
    assertThat(now.isMissingNode()).as(place + " is missing").isFalse();
    for (Map.Entry<String, JsonNode> field : former.properties()) {
      assertTells(place + " " + field.getKey(), field.getValue(), now.path(field.getKey()));
    }
    for (int i = 0; i < former.size() && former.isArray(); i++) {
      assertTells(place + " " + i, former.get(i), now.path(i));
    }
    if (former.isValueNode()) {
      assertThat(now).as(place).isEqualTo(former);
    }
  }

  private static TaskId task(String id) {
    return new TaskId(UUID.fromString(id));
  }
}

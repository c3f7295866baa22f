package io.legwork.producer.submission;

import io.legwork.problems.Pointer;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.StrictJson;
import io.legwork.task.NewTask;
import io.legwork.task.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Readers at a fixed time, and what they read. */
final class Readers {

  static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  private Readers() {}

  static TaskReader aReader() {
    InstantSource clock = InstantSource.fixed(NOW);
    return new TaskReader(
        List.of("default", "bulk"),
        new KnownTypes(() -> Set.of("echo", "image.thumbnail"), clock),
        new UuidV7(clock, new Random(1)),
        clock);
  }

  /** Reads a task, written with single quotes. */
  static NewTask read(String text) {
    return read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static NewTask read(byte[] bytes) {
    JsonDocument document = StrictJson.read(bytes, TaskReader.SINGLE);
    return aReader()
        .read(document, document.root(), Pointer.ROOT, new Origin("default", null, null));
  }
}

package io.legwork.producer.submission;

import io.legwork.access.Scope;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.problems.Pointer;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.StrictJson;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import io.legwork.task.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Readers at a fixed time, and what they read. */
final class Readers {

  static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  /** A type whose handler has said all there is to say. */
  static final TypeDefinition GREET =
      new TypeDefinition(
          "greet",
          Json.of(
              """
              {"type": "object", "required": ["times"], "additionalProperties": false,
               "properties": {"name": {"type": ["string", "null"]},
                              "times": {"type": "integer"},
                              "a/b": {"type": "array", "items": {"type": "number"}}}}
              """),
          Duration.ofSeconds(7),
          2,
          new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(3), 1.5));

  private Readers() {}

  static TaskReader aReader() {
    InstantSource clock = InstantSource.fixed(NOW);
    return new TaskReader(
        List.of("default", "bulk"),
        new KnownTypes(
            () ->
                Map.of(
                    "echo",
                    TypeDefinition.of("echo"),
                    "image.thumbnail",
                    TypeDefinition.of("image.thumbnail"),
                    "greet",
                    GREET),
            clock),
        new OutboundPolicy(
            new OutboundProperties(List.of("public"), List.of("https", "http"), List.of())),
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
        .read(
            document,
            document.root(),
            Pointer.ROOT,
            new Origin("default", Scope.ALL, null, null, null));
  }
}

package io.legwork.worker.bindings;

import io.legwork.task.Json;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import io.legwork.worker.exec.ExecDeclaration;
import io.legwork.worker.handlers.Declaration;
import io.legwork.worker.push.PushDeclaration;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task type and what runs it, as it is written in YAML.
 *
 * @param type the task type
 * @param exec the program that runs it, or null
 * @param http the endpoint that runs it, or null; one of the two is given
 * @param schema the JSON Schema of the payload, or null if anything may be submitted
 */
record BindingDeclaration(
    String type,
    @Nullable ExecDeclaration exec,
    @Nullable PushDeclaration http,
    @Nullable Integer concurrency,
    @Nullable Duration timeout,
    @Nullable Integer maxAttempts,
    @Nullable Backoff backoff,
    @Nullable Boolean longRunning,
    @Nullable JsonNode schema) {

  /** How long to wait between attempts. */
  record Backoff(@Nullable Duration initial, @Nullable Duration max, @Nullable Double factor) {

    @Nullable RetryPolicy policy() {
      return Declaration.retry(initial, max, factor);
    }
  }

  @SuppressWarnings("ConstantValue") // A declaration's missing fields arrive as null.
  BindingDeclaration {
    if (type == null) {
      throw new IllegalArgumentException("type is missing: name the task type to be handled");
    }
    if ((exec == null) == (http == null)) {
      throw new IllegalArgumentException(
          "it needs either exec or http: say whether a program or an endpoint runs the tasks");
    }
  }

  /** What holds for the handler, whatever it is. */
  Declaration declaration() {
    TypeDefinition definition =
        new TypeDefinition(
            type,
            schema == null ? null : Json.of(schema.toString()),
            timeout,
            maxAttempts,
            backoff == null ? null : backoff.policy());
    return new Declaration(
        definition,
        Objects.requireNonNullElse(concurrency, 0),
        false,
        Objects.requireNonNullElse(longRunning, false));
  }
}

package io.legwork.producer.attempt;

import io.legwork.ledger.ProgressReport;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.Opaque;
import io.legwork.producer.json.StrictJson;
import io.legwork.task.Json;
import io.legwork.task.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is reported of an attempt, read and checked. */
final class Report {

  private static final int LARGEST_RESULT = 1024 * 1024;
  private static final int LARGEST_CHECKPOINT = 64 * 1024;
  private static final int LONGEST_REASON = 2000;
  private static final int MOST_VALUES = 100;

  private Report() {}

  /** How an attempt ended. */
  sealed interface Ending {

    /** It is done. */
    record Succeeded(@Nullable Json result) implements Ending {}

    /**
     * It failed.
     *
     * @param delay until the next attempt, or null for the task's own backoff
     */
    record Failed(String reason, boolean permanent, @Nullable Duration delay) implements Ending {}

    /** It is to be started again later. */
    record Snoozed(Duration delay) implements Ending {}
  }

  /**
   * A report under a fencing token.
   *
   * @param reportToken shows that who reports was given the attempt
   * @param content what it says
   */
  record Fenced<T>(int fencingToken, String reportToken, T content) {}

  /** How far an attempt has come; both null for a mere sign of life. */
  record Progress(ProgressReport.@Nullable Stage stage, @Nullable Json checkpoint) {}

  /**
   * Reads how an attempt ended.
   *
   * @throws ProblemException if that is not said clearly
   */
  static Fenced<Ending> ending(byte[] body) {
    return read(body, "result", LARGEST_RESULT, Report::ending);
  }

  /**
   * Reads how far an attempt has come.
   *
   * @throws ProblemException if that is not said clearly
   */
  static Fenced<Progress> progress(byte[] body) {
    return read(body, "checkpoint", LARGEST_CHECKPOINT, Report::progress);
  }

  private static <T> Fenced<T> read(
      byte[] body,
      String opaque,
      int largest,
      BiFunction<JsonDocument, Fields, @Nullable T> content) {
    JsonDocument document =
        StrictJson.read(body, new JsonShape(opaque, 1, largest + 1, MOST_VALUES));
    if (!(document.root() instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object", Pointer.ROOT)));
    }
    List<FieldError> errors = new ArrayList<>();
    Fields fields = new Fields(object, Pointer.ROOT, errors);
    fields.require("fencingToken");
    Integer token = fields.integer("fencingToken", 1, 999_999_999);
    fields.require("reportToken");
    String proof = fields.text("reportToken");
    Opaque value = fields.opaque(opaque);
    if (value != null && value.size() > largest) {
      fields.refuse(opaque, "must have at most %,d bytes".formatted(largest));
    }
    T read = content.apply(document, fields);
    fields.refuseOthers();
    errors.addAll(document.flawsIn(object));
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return new Fenced<>(
        Objects.requireNonNull(token), Objects.requireNonNull(proof), Objects.requireNonNull(read));
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(Problem.of(ProblemType.INVALID_REPORT, errors));
  }

  private static @Nullable Ending ending(JsonDocument document, Fields fields) {
    fields.require("outcome");
    String outcome = fields.text("outcome");
    String reason = fields.text("reason");
    Boolean permanent = fields.truth("permanent");
    Duration delay = fields.duration("delay", Duration.ZERO, RetryPolicy.LONGEST);
    return switch (outcome) {
      case null -> null;
      case "succeeded" -> new Ending.Succeeded(json(document, fields, "result"));
      case "failed" -> failed(fields, reason, Boolean.TRUE.equals(permanent), delay);
      case "snoozed" -> snoozed(fields, delay);
      default -> {
        fields.refuse("outcome", "must be succeeded, failed or snoozed");
        yield null;
      }
    };
  }

  private static @Nullable Ending failed(
      Fields fields, @Nullable String reason, boolean permanent, @Nullable Duration delay) {
    if (reason == null || reason.isBlank()) {
      fields.refuse("reason", "is missing: say what went wrong");
      return null;
    }
    String kept =
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    return new Ending.Failed(kept, permanent, delay);
  }

  private static @Nullable Ending snoozed(Fields fields, @Nullable Duration delay) {
    if (delay == null) {
      fields.refuse("delay", "is missing: say when to start again");
      return null;
    }
    return new Ending.Snoozed(delay);
  }

  private static Progress progress(JsonDocument document, Fields fields) {
    Integer percent = fields.integer("percent", 0, 100);
    String message = fields.text("message");
    ProgressReport.Stage stage =
        percent == null
            ? null
            : new ProgressReport.Stage(percent, Objects.requireNonNullElse(message, ""));
    return new Progress(stage, json(document, fields, "checkpoint"));
  }

  private static @Nullable Json json(JsonDocument document, Fields fields, String name) {
    Opaque value = fields.opaque(name);
    return value == null ? null : document.slice(value);
  }
}

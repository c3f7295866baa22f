package io.legwork.producer.submission;

import io.legwork.ledger.IdempotencyKey;
import io.legwork.ledger.Submission;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.json.CanonicalJson;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonArray;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.StrictJson;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads batches: a task that is not valid is refused alone. Thread-safe. */
final class BatchReader {

  private static final int MAX_TASKS = 1000;

  /** How many bytes a batch may have. */
  static final int MAX_SIZE = 16 * 1024 * 1024;

  private static final JsonShape BATCH = new JsonShape("payload", 3, TaskReader.MAX_SIZE, 200_000);

  private static final Pointer TASKS = Pointer.ROOT.child("tasks");

  private final TaskReader reader;

  BatchReader(TaskReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a batch. Every task gets an idempotency key of its own from the key of the batch.
   *
   * @throws ProblemException if it is no batch
   */
  Batch read(byte[] body, Origin origin) {
    JsonDocument document = StrictJson.read(body, BATCH);
    List<JsonValue> tasks = tasks(document);
    List<Submission> submissions = new ArrayList<>(tasks.size());
    SortedMap<Integer, Problem> refusals = new TreeMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      try {
        NewTask task = task(document, tasks.get(i), TASKS.child(i), origin);
        submissions.add(new Submission(task, key(origin.key(), i, document.slice(tasks.get(i)))));
      } catch (ProblemException refused) {
        refusals.put(i, refused.problem());
      }
    }
    return new Batch(tasks.size(), submissions, refusals);
  }

  private NewTask task(JsonDocument document, JsonValue value, Pointer pointer, Origin origin) {
    if (value.size() > TaskReader.MAX_SIZE) {
      String detail = "must have at most %,d bytes".formatted(TaskReader.MAX_SIZE);
      throw new ProblemException(
          Problem.of(ProblemType.BODY_TOO_LARGE, new FieldError(detail, pointer)));
    }
    return reader.read(document, value, pointer, origin);
  }

  /** A blank sets the index off: no key that a client can send contains one. */
  private static @Nullable IdempotencyKey key(@Nullable String key, int index, Json task) {
    return key == null
        ? null
        : new IdempotencyKey(key + ' ' + index, CanonicalJson.fingerprint(task));
  }

  private static List<JsonValue> tasks(JsonDocument document) {
    if (!(document.root() instanceof JsonObject batch)) {
      throw invalid("must be an object with the field tasks", Pointer.ROOT);
    }
    for (String name : batch.members().keySet()) {
      if (!name.equals("tasks")) {
        throw invalid("is not a field of a batch, which has tasks", Pointer.ROOT.child(name));
      }
    }
    if (!(batch.members().get("tasks") instanceof JsonArray tasks)) {
      throw invalid("must be an array of tasks", TASKS);
    }
    if (tasks.items().isEmpty() || tasks.items().size() > MAX_TASKS) {
      throw invalid(
          "must have 1 to %,d tasks, not %,d".formatted(MAX_TASKS, tasks.items().size()), TASKS);
    }
    return tasks.items();
  }

  private static ProblemException invalid(String detail, Pointer pointer) {
    return new ProblemException(
        Problem.of(ProblemType.INVALID_BATCH, new FieldError(detail, pointer)));
  }
}

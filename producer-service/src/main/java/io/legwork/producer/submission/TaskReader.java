package io.legwork.producer.submission;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.JsonValue.Opaque;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TypeDefinition;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads tasks, and tells everything that is wrong with one at once. Thread-safe. */
final class TaskReader {

  /** How many bytes a task may have. */
  static final int MAX_SIZE = 256 * 1024;

  /** A document that is one task. */
  static final JsonShape SINGLE = new JsonShape("payload", 1, MAX_SIZE, 2000);

  private static final Pattern TYPE = Pattern.compile("[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)*");
  private static final int MAX_TYPE_LENGTH = 100;
  private static final Duration MAX_DELAY = Duration.ofDays(366);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
  private static final int DEFAULT_MAX_ATTEMPTS = 5;
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final List<String> queues;
  private final KnownTypes types;
  private final OutboundPolicy policy;
  private final UuidV7 ids;
  private final InstantSource clock;

  /**
   * @param queues the queues there are; tasks that name none go to the first
   * @param policy where callbacks may lead
   */
  TaskReader(
      List<String> queues,
      KnownTypes types,
      OutboundPolicy policy,
      UuidV7 ids,
      InstantSource clock) {
    this.queues = List.copyOf(queues);
    this.types = types;
    this.policy = policy;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Reads a task.
   *
   * @param value a value of the document, to which {@code pointer} points
   * @throws ProblemException if anything is wrong with it
   */
  NewTask read(JsonDocument document, JsonValue value, Pointer pointer, Origin origin) {
    if (!(value instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object, not " + value.kind(), pointer)));
    }
    List<FieldError> errors = new ArrayList<>();
    NewTask task = read(document, new Fields(object, pointer, errors), origin);
    if (task != null && !origin.scope().covers(task.type(), task.queue())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "the key is limited to task types and queues that leave out %s in %s"
              .formatted(task.type(), task.queue()));
    }
    List<FieldError> flaws = document.flawsIn(value);
    if (task != null && flaws.isEmpty()) {
      errors.addAll(misfits(task, pointer));
    }
    if (!errors.isEmpty() || !flaws.isEmpty()) {
      throw invalid(Stream.concat(flaws.stream(), unlike(flaws, errors)).toList());
    }
    return Objects.requireNonNull(task);
  }

  /** How the payload differs from what the handler of its type has declared. */
  private List<FieldError> misfits(NewTask task, Pointer pointer) {
    return types
        .find(task.type())
        .map(KnownType::schema)
        .map(schema -> schema.errors(task.payload(), pointer.child("payload")))
        .orElse(List.of());
  }

  /**
   * A field with unstorable text is mostly wrong in other ways, too, which is not worth telling.
   */
  private static Stream<FieldError> unlike(List<FieldError> flaws, List<FieldError> errors) {
    var told = flaws.stream().map(FieldError::pointer).collect(Collectors.toSet());
    return errors.stream().filter(error -> !told.contains(error.pointer()));
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(Problem.of(ProblemType.INVALID_TASK, errors));
  }

  private @Nullable NewTask read(JsonDocument document, Fields fields, Origin origin) {
    String type = type(fields);
    Opaque payload = payload(fields);
    String queue = queue(fields);
    Priority priority = priority(fields);
    Start start = start(fields);
    Instant deadline = deadline(fields, start);
    Duration timeout =
        fields.duration("timeout", TypeDefinition.SHORTEST_TIMEOUT, TypeDefinition.LONGEST_TIMEOUT);
    Integer maxAttempts = fields.integer("maxAttempts", 1, TypeDefinition.MOST_ATTEMPTS);
    RetryPolicy retry = retry(fields.object("retry"));
    var tags = LabelReader.tags(fields);
    var metadata = LabelReader.metadata(fields);
    var callback = CallbackReader.read(fields.object("callback"), policy);
    fields.refuseOthers();
    if (type == null || payload == null) {
      return null;
    }
    Json content = document.slice(payload);
    TypeDefinition defaults =
        types.find(type).map(KnownType::definition).orElseGet(() -> TypeDefinition.of(type));
    TaskId id = new TaskId(ids.next());
    return new NewTask(
        id,
        origin.tenant(),
        type,
        queue,
        priority,
        content,
        start,
        deadline,
        first(timeout, defaults.timeout(), DEFAULT_TIMEOUT),
        first(maxAttempts, defaults.maxAttempts(), DEFAULT_MAX_ATTEMPTS),
        first(retry, defaults.retry(), RetryPolicy.DEFAULT),
        tags,
        metadata,
        callback,
        origin.traceparentOf(id));
  }

  /** What the task says, else what its handler says, else what Legwork says. */
  private static <T> T first(@Nullable T task, @Nullable T handler, T standard) {
    T declared = handler != null ? handler : standard;
    return task != null ? task : declared;
  }

  private @Nullable String type(Fields fields) {
    fields.require("type");
    String type = fields.text("type");
    if (type == null) {
      return null;
    }
    if (type.length() > MAX_TYPE_LENGTH || !TYPE.matcher(type).matches()) {
      fields.refuse(
          "type",
          "must be words of A-Z a-z 0-9 _ - with dots between them, at most %d characters"
              .formatted(MAX_TYPE_LENGTH));
    } else if (types.find(type).isEmpty()) {
      fields.refuse(
          "type", "no worker handles %s; the known types are: %s".formatted(type, types.list()));
    }
    return type;
  }

  private @Nullable Opaque payload(Fields fields) {
    Opaque payload = fields.opaque("payload");
    if (payload == null) {
      fields.refuse("payload", "is missing; send null if the handler needs none");
    }
    return payload;
  }

  private String queue(Fields fields) {
    String queue = fields.text("queue");
    if (queue == null) {
      return queues.getFirst();
    }
    if (!queues.contains(queue)) {
      fields.refuse(
          "queue", "there is no such queue; the queues are: " + String.join(", ", queues));
    }
    return queue;
  }

  private Priority priority(Fields fields) {
    String name = fields.text("priority");
    if (name == null) {
      return Priority.NORMAL;
    }
    Optional<Priority> priority =
        Arrays.stream(Priority.values()).filter(p -> p.wireName().equals(name)).findFirst();
    if (priority.isEmpty()) {
      fields.refuse("priority", "must be high, normal or low");
    }
    return priority.orElse(Priority.NORMAL);
  }

  private static Start start(Fields fields) {
    Instant runAt = fields.time("runAt");
    Duration delay = fields.duration("delay", Duration.ZERO, MAX_DELAY);
    if (fields.has("runAt") && fields.has("delay")) {
      fields.refuse("delay", "cannot be given together with runAt");
    }
    if (runAt != null) {
      return new Start.At(runAt);
    }
    return delay == null ? new Start.Immediately() : new Start.After(delay);
  }

  private @Nullable Instant deadline(Fields fields, Start start) {
    Instant deadline = fields.time("deadline");
    Instant now = clock.instant();
    if (deadline != null && !deadline.isAfter(now)) {
      fields.refuse("deadline", "must not be in the past");
    } else if (deadline != null && !deadline.isAfter(earliest(start, now))) {
      fields.refuse("deadline", "must be later than the start");
    }
    return deadline;
  }

  private static Instant earliest(Start start, Instant now) {
    return switch (start) {
      case Start.Immediately _ -> now;
      case Start.After(Duration delay) -> now.plus(delay);
      case Start.At(Instant time) -> time;
    };
  }

  private static @Nullable RetryPolicy retry(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    RetryPolicy standard = RetryPolicy.DEFAULT;
    Duration initial = fields.duration("initial", SHORTEST_WAIT, RetryPolicy.LONGEST);
    Duration max = fields.duration("max", SHORTEST_WAIT, RetryPolicy.LONGEST);
    Double factor = fields.decimal("factor", 1, 10);
    fields.refuseOthers();
    Duration first = initial != null ? initial : shorter(standard.initial(), max);
    Duration bound = max != null ? max : longer(standard.max(), first);
    if (bound.compareTo(first) < 0) {
      fields.refuse("max", "must not be shorter than initial");
      return standard;
    }
    return new RetryPolicy(first, bound, Optional.ofNullable(factor).orElse(standard.factor()));
  }

  private static Duration shorter(Duration one, @Nullable Duration other) {
    return other == null || one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}

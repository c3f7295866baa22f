package io.legwork.ledger;

import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Acceptance.Conflicting;
import io.legwork.ledger.Acceptance.Replayed;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Callback;
import io.legwork.task.KeptJson;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Accepts tasks: a batch is one commit (guarantees G1 and G9). Thread-safe. */
public final class TaskIntake {

  private static final String INSERT =
      """
      with input as (
        select id, tenant, queue, type, priority, max_attempts, deadline, payload, timeout_millis,
               retry_initial_millis, retry_max_millis, retry_factor, tags::text[] as tags,
               metadata::jsonb as metadata, callback_url, callback_secret, traceparent,
               greatest(now(), coalesce(run_at, now() + delay_millis * interval '1 ms')) as ready_at
        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::int4[], ?::int4[],
                    ?::timestamptz[], ?::bytea[], ?::int8[], ?::int8[], ?::int8[], ?::float8[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::int8[])
          as i(id, tenant, queue, type, priority, max_attempts, deadline, payload, timeout_millis,
               retry_initial_millis, retry_max_millis, retry_factor, tags, metadata, callback_url,
               callback_secret, traceparent, run_at, delay_millis)
      ), accepted as (
        insert into task (id, submitted_at, ready_at, deadline, state, priority, max_attempts,
                          callback, tenant, queue, type)
        select id, now(), ready_at, deadline, case when ready_at > now() then 0 else 1 end, priority,
               max_attempts, callback_url is not null, tenant, queue, type
        from input
        returning id, state, submitted_at, ready_at
      ), kept as (
        insert into task_input (id, tenant, timeout_millis, retry_initial_millis, retry_max_millis,
                                retry_factor, payload, tags, metadata, callback_url,
                                callback_secret, traceparent)
        select id, tenant, timeout_millis, retry_initial_millis, retry_max_millis, retry_factor,
               payload, tags, metadata, callback_url, callback_secret, traceparent
        from input
      ), due as (
        insert into task_due (ready_at, id) select ready_at, id from accepted where state = 0
      )
      select id, state, submitted_at, ready_at from accepted
      """;

  private static final String RESERVE_KEYS =
      """
      insert into idempotency_key (tenant, key, fingerprint, task_id)
      select tenant, key, fingerprint, task_id
      from unnest(?::text[], ?::text[], ?::text[], ?::uuid[]) as i(tenant, key, fingerprint, task_id)
      order by tenant, key
      on conflict do nothing
      returning task_id
      """;

  private static final String FIND_KEYS =
      """
      select k.tenant, k.key, k.fingerprint, k.task_id
      from unnest(?::text[], ?::text[]) as i(tenant, key)
      join idempotency_key k on k.tenant = i.tenant and k.key = i.key
      """;

  private final LedgerSession session;
  private final SecretCipher cipher;
  private final ContentCipher contents;
  private final JsonMapper json = JsonMapper.shared();

  /** Writes to the ledger behind the data source tasks that have no secrets. */
  public TaskIntake(DataSource dataSource) {
    this(dataSource, SecretCipher.of(List.of()), ContentCipher.NONE);
  }

  /**
   * Writes to the ledger behind the data source.
   *
   * @param cipher seals the secrets of callbacks; a task that has one needs a key
   * @param contents seals the payloads of tenants that ask for it
   */
  public TaskIntake(DataSource dataSource, SecretCipher cipher, ContentCipher contents) {
    this.session = new LedgerSession(dataSource);
    this.cipher = cipher;
    this.contents = contents;
  }

  /**
   * Accepts the submissions in one commit.
   *
   * @return one answer for each, in order
   * @throws LedgerException if nothing was accepted
   */
  public List<Acceptance> accept(List<Submission> submissions) {
    boolean keyed = submissions.stream().anyMatch(submission -> submission.key() != null);
    return keyed
        ? session.transaction("accept tasks", connection -> acceptKeyed(connection, submissions))
        : session.statement("accept tasks", connection -> acceptNew(connection, submissions));
  }

  private List<Acceptance> acceptNew(Connection connection, List<Submission> submissions)
      throws SQLException {
    Map<UUID, Accepted> accepted = insert(connection, submissions);
    List<Acceptance> answers = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      answers.add(accepted.get(submission.task().id().value()));
    }
    return answers;
  }

  private List<Acceptance> acceptKeyed(Connection connection, List<Submission> submissions)
      throws SQLException {
    List<Submission> keyed = submissions.stream().filter(s -> s.key() != null).toList();
    Set<UUID> reserved = reserveKeys(connection, keyed);
    List<Submission> fresh =
        submissions.stream()
            .filter(s -> s.key() == null || reserved.contains(s.task().id().value()))
            .toList();
    Map<UUID, Accepted> accepted = insert(connection, fresh);
    Map<String, KeyOwner> owners =
        fresh.size() == submissions.size() ? Map.of() : findKeys(connection, keyed);
    List<Acceptance> answers = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      Accepted now = accepted.get(submission.task().id().value());
      answers.add(now == null ? earlier(submission, owners) : now);
    }
    return answers;
  }

  private static Acceptance earlier(Submission submission, Map<String, KeyOwner> owners) {
    IdempotencyKey key = submission.key();
    KeyOwner owner = key == null ? null : owners.get(scoped(submission.task().tenant(), key.key()));
    if (key == null || owner == null) {
      throw new IllegalStateException("neither accepted nor known: " + submission.task().id());
    }
    return owner.fingerprint().equals(key.fingerprint())
        ? new Replayed(owner.task())
        : new Conflicting(owner.task());
  }

  private Set<UUID> reserveKeys(Connection connection, List<Submission> keyed) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESERVE_KEYS)) {
      new Columns<>(connection, statement, 1, keyed)
          .texts(s -> s.task().tenant())
          .texts(s -> key(s).key())
          .texts(s -> key(s).fingerprint())
          .uuids(s -> s.task().id().value());
      Set<UUID> reserved = new HashSet<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        reserved.add(rows.getObject(1, UUID.class));
      }
      return reserved;
    }
  }

  private Map<String, KeyOwner> findKeys(Connection connection, List<Submission> keyed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND_KEYS)) {
      new Columns<>(connection, statement, 1, keyed)
          .texts(s -> s.task().tenant())
          .texts(s -> key(s).key());
      Map<String, KeyOwner> owners = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        TaskId task = new TaskId(rows.getObject("task_id", UUID.class));
        owners.put(
            scoped(rows.getString("tenant"), rows.getString("key")),
            new KeyOwner(task, rows.getString("fingerprint")));
      }
      return owners;
    }
  }

  private Map<UUID, Accepted> insert(Connection connection, List<Submission> submissions)
      throws SQLException {
    if (submissions.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      bind(connection, statement, submissions.stream().map(Submission::task).toList());
      Map<UUID, Accepted> accepted = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        accepted.put(
            id,
            new Accepted(
                new TaskId(id),
                TaskState.ofCode(rows.getInt(2)),
                Rows.time(rows, 3),
                Rows.time(rows, 4)));
      }
      return accepted;
    }
  }

  private void bind(Connection connection, PreparedStatement statement, List<NewTask> tasks)
      throws SQLException {
    new Columns<>(connection, statement, 1, tasks)
        .uuids(task -> task.id().value())
        .texts(NewTask::tenant)
        .texts(NewTask::queue)
        .texts(NewTask::type)
        .integers(task -> task.priority().code())
        .integers(NewTask::maxAttempts)
        .times(NewTask::deadline)
        .bytes(task -> payload(task).bytes())
        .longs(task -> task.timeout().toMillis())
        .longs(task -> task.retry().initial().toMillis())
        .longs(task -> task.retry().max().toMillis())
        .doubles(task -> task.retry().factor())
        .texts(task -> Rows.arrayLiteral(task.tags()))
        .texts(task -> task.metadata().isEmpty() ? null : json.writeValueAsString(task.metadata()))
        .texts(task -> url(task.callback()))
        .texts(this::sealedSecret)
        .texts(NewTask::traceparent)
        .times(task -> task.start() instanceof Start.At(Instant time) ? time : null)
        .longs(task -> delayMillis(task.start()));
  }

  private KeptJson payload(NewTask task) {
    return contents.keep(task.tenant(), Part.PAYLOAD, task.id().value(), task.payload());
  }

  private @Nullable String sealedSecret(NewTask task) {
    String secret = task.callback() == null ? null : task.callback().secret();
    return secret == null ? null : cipher.seal(secret, task.id().toString());
  }

  private static @Nullable String url(@Nullable Callback callback) {
    return callback == null ? null : callback.url().toASCIIString();
  }

  private static long delayMillis(Start start) {
    return start instanceof Start.After after ? after.delay().toMillis() : 0;
  }

  private static IdempotencyKey key(Submission submission) {
    IdempotencyKey key = submission.key();
    if (key == null) {
      throw new IllegalArgumentException("no idempotency key: " + submission.task().id());
    }
    return key;
  }

  private static String scoped(String tenant, String key) {
    return tenant + '\n' + key;
  }

  private record KeyOwner(TaskId task, String fingerprint) {}
}

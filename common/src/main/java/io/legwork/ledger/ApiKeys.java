package io.legwork.ledger;

import io.legwork.access.ApiKey;
import io.legwork.access.KeySettings;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.access.Tenant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of the API. Thread-safe. */
public final class ApiKeys {

  /** How many valid keys a tenant may have. */
  public static final int MOST = 1_000;

  private static final String READ = "read keys";

  private static final String LIVE =
      " revoked_at is null and (expires_at is null or expires_at > now()) ";

  private static final String INSERT =
      """
      insert into api_key (version, id, tenant, name, hash, roles, types, queues, expires_at)
      select nextval('api_key_versions'), ?, ?, ?, ?, ?, ?, ?,
             now() + cast(? as bigint) * interval '1 second'
      where (select count(*) from api_key where tenant = ? and
      """
          + LIVE
          + """
          ) < ?
          returning *
          """;

  private static final String COPY =
      """
      insert into api_key (version, id, tenant, name, hash, roles, types, queues, expires_at)
      select nextval('api_key_versions'), ?, tenant, name, ?, roles, types, queues,
             now() + (expires_at - created_at)
      from api_key where tenant = ? and id = ? and
      """
          + LIVE
          + " returning *";

  private static final String CHANGED =
      "update api_key set version = nextval('api_key_versions'), ";

  private static final String OWN = " where tenant = ? and id = ? and" + LIVE + "returning *";

  private static final String REVOKE_ALL =
      CHANGED + "revoked_at = now() where tenant = ? and" + LIVE;

  private static final String TENANTS =
      """
      select tenant, min(created_at) as since, count(*) filter (where
      """
          + LIVE
          + """
          ) as keys
          from api_key where tenant > ? group by tenant
          having bool_or(
          """
          + LIVE
          + """
          ) order by tenant limit ?
          """;

  private static final String USED =
      """
      update api_key k set last_used_at = i.at
      from unnest(?::uuid[], ?::timestamptz[]) as i(id, at)
      where k.id = i.id and (k.last_used_at is null or k.last_used_at < i.at)
      """;

  private final LedgerSession session;
  private final VersionedRows<ApiKey> rows;

  /** Keeps them in the ledger behind the data source. */
  public ApiKeys(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
    this.rows = new VersionedRows<>(session, Locks.API_KEYS, ApiKeys::read);
  }

  /**
   * Creates a key.
   *
   * @param hash of its text
   * @return empty if the tenant has {@link #MOST}
   */
  public Optional<ApiKey> create(String tenant, UUID id, String hash, KeySettings settings) {
    return create(tenant, id, hash, settings, MOST);
  }

  /**
   * Creates the first key of a tenant.
   *
   * @param hash of its text
   * @return empty if the tenant has a valid key already
   */
  public Optional<ApiKey> createFirst(String tenant, UUID id, String hash, KeySettings settings) {
    return create(tenant, id, hash, settings, 1);
  }

  private Optional<ApiKey> create(
      String tenant, UUID id, String hash, KeySettings settings, int most) {
    return rows.change(
        "create a key",
        INSERT,
        parameters -> {
          parameters.add(id).add(tenant).add(settings.name()).add(hash);
          bind(parameters, settings);
          parameters.add(tenant).add(most);
        });
  }

  private static void bind(Parameters parameters, KeySettings settings) throws SQLException {
    Duration life = settings.life();
    parameters
        .texts(settings.roles().stream().map(Role::wireName).sorted().toList())
        .texts(settings.scope().types())
        .texts(settings.scope().queues())
        .textOrNull(life == null ? null : Long.toString(life.toSeconds()));
  }

  /** Takes a key out of use for good. Empty if the tenant has no such key that is valid. */
  public Optional<ApiKey> revoke(String tenant, UUID id) {
    return rows.change(
        "revoke a key",
        CHANGED + "revoked_at = now()" + OWN,
        parameters -> parameters.add(tenant).add(id));
  }

  /** Takes all keys of a tenant out of use for good; tells how many that were. */
  public int revokeAll(String tenant) {
    return session.transaction(
        "revoke the keys of a tenant",
        connection -> {
          rows.enter(connection);
          try (PreparedStatement statement = connection.prepareStatement(REVOKE_ALL)) {
            statement.setString(1, tenant);
            return statement.executeUpdate();
          }
        });
  }

  /**
   * A page of the tenants that have valid keys, by name.
   *
   * @param after only those with a later name; "" for the first page
   */
  public List<Tenant> tenants(String after, int limit) {
    return session.statement(
        "read the tenants",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TENANTS)) {
            new Parameters(statement).add(after).add(limit);
            List<Tenant> found = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
              found.add(
                  new Tenant(row.getString("tenant"), Rows.time(row, "since"), row.getInt("keys")));
            }
            return found;
          }
        });
  }

  /**
   * Puts a new key in the place of another one, which stays valid for a while. A key that was made
   * for a time is followed by one for the same time.
   *
   * @return the new key; empty if the tenant has no such key that is valid
   */
  public Optional<ApiKey> rotate(
      String tenant, UUID id, UUID successor, String hash, Duration overlap) {
    return session.transaction(
        "rotate a key",
        connection -> {
          Optional<ApiKey> made =
              rows.change(
                  connection,
                  COPY,
                  parameters -> parameters.add(successor).add(hash).add(tenant).add(id));
          rows.change(
              connection,
              CHANGED + "expires_at = least(expires_at, now() + ? * interval '1 second')" + OWN,
              parameters -> parameters.add(overlap.toSeconds()).add(tenant).add(id));
          return made;
        });
  }

  /** The key with an id, if it is the tenant's and not revoked. */
  public Optional<ApiKey> find(String tenant, UUID id) {
    return rows
        .readOf(
            tenant,
            READ,
            "select * from api_key where tenant = ? and id = ? and revoked_at is null",
            parameters -> parameters.add(tenant).add(id))
        .stream()
        .findFirst();
  }

  /**
   * A page of a tenant's keys that are not revoked, the oldest first.
   *
   * @param after only those with a higher id; null for the first page
   */
  public List<ApiKey> list(String tenant, @Nullable UUID after, int limit) {
    return rows.readOf(
        tenant,
        READ,
        "select * from api_key where tenant = ? and revoked_at is null and id > ? order by id"
            + " limit ?",
        parameters ->
            parameters.add(tenant).add(after == null ? new UUID(0, 0) : after).add(limit));
  }

  /** What has changed since a version, revoked ones included, in the order of the versions. */
  public List<ApiKey> changedSince(long version) {
    return rows.read(
        READ,
        "select * from api_key where version > ? order by version",
        parameters -> parameters.add(version));
  }

  /** Whether there is a valid key of any tenant. */
  public boolean exist() {
    return !rows.read(READ, "select * from api_key where" + LIVE + "limit 1", _ -> {}).isEmpty();
  }

  /** Notes when keys were used last. */
  public void used(Map<UUID, Instant> times) {
    if (times.isEmpty()) {
      return;
    }
    List<UUID> ids = times.keySet().stream().sorted().toList();
    List<OffsetDateTime> at = ids.stream().map(times::get).map(ApiKeys::inUtc).toList();
    session.statement(
        "note which keys were used",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(USED)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.setArray(2, connection.createArrayOf("timestamptz", at.toArray()));
            return statement.executeUpdate();
          }
        });
  }

  private static OffsetDateTime inUtc(@Nullable Instant time) {
    return (time == null ? Instant.EPOCH : time).atOffset(ZoneOffset.UTC);
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    Set<Role> roles =
        Rows.texts(row, "roles").stream()
            .flatMap(name -> Role.of(name).stream())
            .collect(Collectors.toSet());
    Scope scope =
        new Scope(
            new HashSet<>(Rows.texts(row, "types")), new HashSet<>(Rows.texts(row, "queues")));
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getLong("version"),
        row.getString("tenant"),
        row.getString("hash"),
        new KeySettings(row.getString("name"), roles, scope, null),
        Rows.time(row, "created_at"),
        Rows.timeOrNull(row, "expires_at"),
        Rows.timeOrNull(row, "last_used_at"),
        row.getObject("revoked_at") != null);
  }
}

package io.legwork.ledger;

import io.legwork.secrets.SecretCipher;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Subscription;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps subscriptions. Thread-safe. */
public final class Subscriptions {

  /** What a tenant may have. */
  public static final int MOST = 1_000;

  private static final String INSERT =
      """
      insert into subscription (version, state, %s)
      select nextval('subscription_versions'), 0, %s
      where (select count(*) from subscription where tenant = ? and state <> 3) < ?
      returning *
      """
          .formatted(SubscriptionRows.COLUMNS, SubscriptionRows.PARAMETERS);

  private static final String CHANGED =
      "update subscription set version = nextval('subscription_versions'), updated_at = now(), ";

  private static final String OWN = " where id = ? and tenant = ? and state <> 3 returning *";

  private static final String ROTATE =
      CHANGED
          + """
          former_key = signing_key, former_key_until = now() + ? * interval '1 second',
          signing_key = ?, public_key = ?
          """
          + OWN;

  private static final String DELETE =
      CHANGED + "state = 3, signing_key = null, former_key = null, headers = null" + OWN;

  private static final String READ = "read subscriptions";

  /** What pends for a subscription that wants nothing more. */
  private static final String SETTLE =
      """
      with gone as (delete from delivery_due where endpoint = ? returning id)
      update delivery d set state = 3, ended_at = now() from gone where d.id = gone.id
      """;

  private final LedgerSession session;
  private final SubscriptionRows columns;
  private final VersionedRows<Subscription> rows;
  private final SecretCipher cipher;

  /**
   * @param cipher seals the keys and headers
   */
  public Subscriptions(DataSource dataSource, SecretCipher cipher) {
    this.session = new LedgerSession(dataSource);
    this.columns = new SubscriptionRows(cipher);
    this.rows = new VersionedRows<>(session, Locks.SUBSCRIPTIONS, columns::read);
    this.cipher = cipher;
  }

  /**
   * Creates a subscription.
   *
   * @param keys what its webhooks are signed with, null on other channels
   * @return empty if the tenant has {@link #MOST}
   */
  public Optional<Subscription> create(
      UUID id, String tenant, Settings settings, @Nullable SigningKeys keys) {
    return rows.change(
        "create a subscription",
        INSERT,
        parameters -> {
          columns.bind(parameters, id, tenant, settings, keys);
          parameters.add(tenant).add(MOST);
        });
  }

  /** Replaces what its owner chose; the keys stay. Empty if there is no such subscription. */
  public Optional<Subscription> update(UUID id, String tenant, Settings settings) {
    return rows.change(
        "update a subscription",
        CHANGED + SubscriptionRows.SETTINGS + OWN,
        parameters -> {
          columns.bind(parameters, id, settings);
          parameters.add(id).add(tenant);
        });
  }

  /** Keeps its deliveries back until it is resumed. Empty if there is no such subscription. */
  public Optional<Subscription> pause(UUID id, String tenant) {
    return rows.change(
        "pause a subscription",
        CHANGED + "state = 1, reason = null" + OWN,
        parameters -> parameters.add(id).add(tenant));
  }

  /** Lets it go on, whatever stopped it. Empty if there is no such subscription. */
  public Optional<Subscription> resume(UUID id, String tenant) {
    return rows.change(
        "resume a subscription",
        CHANGED + "state = 0, reason = null, failing_since = null" + OWN,
        parameters -> parameters.add(id).add(tenant));
  }

  /** Deletes it and gives up what pends. Empty if there is no such subscription. */
  public Optional<Subscription> delete(UUID id, String tenant) {
    return ending(
        "delete a subscription", DELETE, parameters -> parameters.add(id).add(tenant), id);
  }

  /**
   * Gives it a new key; the former one signs as well for a time.
   *
   * @return empty if there is no such subscription, or it has no key
   */
  public Optional<Subscription> rotate(UUID id, String tenant, SigningKeys keys, Duration overlap) {
    return rows.change(
        "rotate the key of a subscription",
        ROTATE.replace(OWN, OWN.replace(" returning", " and signing_key is not null returning")),
        parameters ->
            parameters
                .add(overlap.toSeconds())
                .add(cipher.seal(keys.signing(), id.toString()))
                .textOrNull(keys.verifying())
                .add(id)
                .add(tenant));
  }

  /**
   * Disables it if it is active, and gives up what pends.
   *
   * @return empty if it was not active: somebody else has told of it
   */
  public Optional<Subscription> disable(UUID id, String reason) {
    return ending(
        "disable a subscription",
        CHANGED + "state = 2, reason = ? where id = ? and state = 0 returning *",
        parameters -> parameters.add(reason).add(id),
        id);
  }

  /** Notes that an attempt failed, unless it is known that others did before. */
  public Optional<Subscription> failing(UUID id) {
    return rows.change(
        "note a failing subscription",
        CHANGED + "failing_since = now() where id = ? and failing_since is null returning *",
        parameters -> parameters.add(id));
  }

  /** Notes that an attempt succeeded after others had failed. */
  public Optional<Subscription> recovered(UUID id) {
    return rows.change(
        "note a recovered subscription",
        CHANGED + "failing_since = null where id = ? and failing_since is not null returning *",
        parameters -> parameters.add(id));
  }

  /** The subscription with an id, if it is the tenant's. */
  public Optional<Subscription> find(UUID id, String tenant) {
    return rows
        .readOf(
            tenant,
            READ,
            "select * from subscription where id = ? and tenant = ? and state <> 3",
            parameters -> parameters.add(id).add(tenant))
        .stream()
        .findFirst();
  }

  /**
   * A page of a tenant's subscriptions, the oldest first.
   *
   * @param after only those with a higher id; null for the first page
   */
  public List<Subscription> list(String tenant, @Nullable UUID after, int limit) {
    return rows.readOf(
        tenant,
        READ,
        "select * from subscription where tenant = ? and state <> 3 and id > ? order by id limit ?",
        parameters ->
            parameters.add(tenant).add(after == null ? new UUID(0, 0) : after).add(limit));
  }

  /** What has changed since a version, deleted ones included, in the order of the versions. */
  public List<Subscription> changedSince(long version) {
    return rows.read(
        READ,
        "select * from subscription where version > ? order by version",
        parameters -> parameters.add(version));
  }

  private Optional<Subscription> ending(
      String doing, String sql, LedgerSession.Binding binding, UUID id) {
    return session.transaction(
        doing,
        connection -> {
          Optional<Subscription> ended = rows.change(connection, sql, binding);
          if (ended.isPresent()) {
            try (PreparedStatement settle = connection.prepareStatement(SETTLE)) {
              settle.setString(1, id.toString());
              settle.executeUpdate();
            }
          }
          return ended;
        });
  }
}

package io.legwork.ledger;

import io.legwork.events.EventKind;
import io.legwork.secrets.SecretCipher;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.EventFilter;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.Subscription.Keys;
import io.legwork.subscription.SubscriptionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and reads subscriptions as rows, sealing what is secret. */
final class SubscriptionRows {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRows.class);

  static final String COLUMNS =
      """
      id, tenant, signing_key, public_key, name, states, types, queues, tags, channel, target, format,
      signing, headers, concurrency, per_second, disable_after_seconds, digest_seconds, owner
      """;

  static final String PARAMETERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

  static final String SETTINGS =
      """
      name = ?, states = ?, types = ?, queues = ?, tags = ?, channel = ?, target = ?, format = ?,
      signing = ?, headers = ?, concurrency = ?, per_second = ?, disable_after_seconds = ?,
      digest_seconds = ?, owner = ?
      """;

  private final SecretCipher cipher;

  SubscriptionRows(SecretCipher cipher) {
    this.cipher = cipher;
  }

  /** Binds {@link #PARAMETERS}. */
  void bind(
      Parameters parameters, UUID id, String tenant, Settings settings, @Nullable SigningKeys keys)
      throws SQLException {
    parameters
        .add(id)
        .add(tenant)
        .textOrNull(keys == null ? null : cipher.seal(keys.signing(), id.toString()))
        .textOrNull(keys == null ? null : keys.verifying());
    bind(parameters, id, settings);
  }

  /** Binds {@link #SETTINGS}. */
  void bind(Parameters parameters, UUID id, Settings settings) throws SQLException {
    EventFilter filter = settings.filter();
    Limits limits = settings.limits();
    parameters
        .add(settings.name())
        .texts(filter.states().stream().map(EventKind::name).toList())
        .texts(filter.types())
        .texts(filter.queues())
        .texts(filter.tags())
        .add(settings.channel().code())
        .add(settings.target())
        .add(settings.format().code())
        .add(settings.signing().code())
        .textOrNull(sealedHeaders(id, settings.headers()))
        .add(limits.concurrency())
        .add(limits.perSecond())
        .add(limits.disableAfter().toSeconds())
        .add(settings.digest().toSeconds())
        .textOrNull(settings.owner());
  }

  private @Nullable String sealedHeaders(UUID id, Map<String, String> headers) {
    return headers.isEmpty() ? null : cipher.seal(LeasedDelivery.text(headers), headersOf(id));
  }

  private static String headersOf(UUID id) {
    return id + "/headers";
  }

  /** Reads a row; what cannot be opened is left out, so that one damaged row harms no other. */
  Subscription read(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Subscription(
        id,
        row.getString("tenant"),
        row.getLong("version"),
        settings(row, id),
        new Keys(
            opened(row.getString("signing_key"), id.toString()),
            opened(row.getString("former_key"), id.toString()),
            Rows.timeOrNull(row, "former_key_until"),
            row.getString("public_key")),
        SubscriptionState.ofCode(row.getInt("state")),
        row.getString("reason"),
        Rows.time(row, "created_at"),
        Rows.time(row, "updated_at"),
        Rows.timeOrNull(row, "failing_since"));
  }

  private Settings settings(ResultSet row, UUID id) throws SQLException {
    String headers = opened(row.getString("headers"), headersOf(id));
    return new Settings(
        row.getString("name"),
        new EventFilter(
            Rows.texts(row, "states").stream()
                .map(EventKind::valueOf)
                .collect(Collectors.toUnmodifiableSet()),
            Rows.texts(row, "types"),
            Set.copyOf(Rows.texts(row, "queues")),
            Set.copyOf(Rows.texts(row, "tags"))),
        Channel.ofCode(row.getInt("channel")),
        row.getString("target"),
        BodyFormat.ofCode(row.getInt("format")),
        Signing.ofCode(row.getInt("signing")),
        headers == null ? Map.of() : LeasedDelivery.headers(headers),
        new Limits(
            row.getInt("concurrency"),
            row.getInt("per_second"),
            Duration.ofSeconds(row.getLong("disable_after_seconds"))),
        Duration.ofSeconds(row.getLong("digest_seconds")),
        row.getString("owner"));
  }

  private @Nullable String opened(@Nullable String sealed, String owner) {
    try {
      return sealed == null ? null : cipher.open(sealed, owner);
    } catch (SecretUnreadableException unreadable) {
      LOG.atError()
          .addKeyValue("subscription", owner)
          .addKeyValue("reason", unreadable.getMessage())
          .log(
              "subscription.secret.unreadable: webhooks that need it are not sent; configure the"
                  + " key it was sealed with in LEGWORK_SECRETS_KEYS");
      return null;
    }
  }
}

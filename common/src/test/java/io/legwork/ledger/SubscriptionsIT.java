package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.EventKind;
import io.legwork.secrets.SecretCipher;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.EventFilter;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsIT {

  private static final String TENANT = "default";
  private static final SigningKeys KEYS = SigningKeys.symmetric(new SecureRandom());

  private TestLedger ledger;
  private Subscriptions subscriptions;

  @BeforeEach
  void open() {
    ledger = new TestLedger();
    subscriptions = new Subscriptions(ledger.walled, TestLedger.CIPHER);
  }

  @Test
  void givesBackWhatWasChosen() {
    Subscription created = created("mine");

    assertThat(subscriptions.find(created.id(), TENANT)).contains(created);
    assertThat(created.settings()).isEqualTo(settings("mine"));
    assertThat(created.keys().current()).isEqualTo(KEYS.signing());
    assertThat(created.state()).isEqualTo(SubscriptionState.ACTIVE);
    assertThat(subscriptions.find(created.id(), "other")).isEmpty();
  }

  @Test
  void storesNothingSecretInClear() throws Exception {
    created("mine");

    try (var connection = ledger.dataSource.getConnection();
        var statement = connection.createStatement()) {
      ResultSet row = statement.executeQuery("select subscription::text from subscription");
      row.next();
      assertThat(row.getString(1))
          .contains("aes1.")
          .doesNotContain(KEYS.signing().substring(6), "Bearer token");
    }
  }

  @Test
  void leavesOutWhatItCannotOpen() {
    Subscription created = created("mine");
    var stranger =
        new Subscriptions(ledger.walled, SecretCipher.of(List.of("B".repeat(42) + "A=")));

    assertThat(stranger.find(created.id(), TENANT))
        .hasValueSatisfying(it -> assertThat(it.keys().current()).isNull());
  }

  @Test
  void signsWithBothKeysForATime() {
    UUID id = created("mine").id();
    SigningKeys fresh = SigningKeys.symmetric(new SecureRandom());

    Subscription rotated =
        subscriptions.rotate(id, TENANT, fresh, Duration.ofHours(1)).orElseThrow();

    assertThat(rotated.keys().current()).isEqualTo(fresh.signing());
    assertThat(rotated.keys().formerAt(Instant.now())).contains(KEYS.signing());
    assertThat(rotated.keys().formerAt(Instant.now().plusSeconds(7_200))).isEmpty();
  }

  @Test
  void tellsOfEveryChangeInOrder() {
    Subscription first = created("first");
    Subscription second = created("second");
    Subscription updated =
        subscriptions.update(first.id(), TENANT, settings("renamed")).orElseThrow();
    subscriptions.delete(second.id(), TENANT);

    assertThat(subscriptions.changedSince(second.version()))
        .extracting(it -> it.settings().name(), Subscription::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("renamed", SubscriptionState.ACTIVE),
            org.assertj.core.groups.Tuple.tuple("second", SubscriptionState.DELETED));
    assertThat(updated.keys().current()).isEqualTo(KEYS.signing());
    assertThat(subscriptions.list(TENANT, null, 10))
        .extracting(Subscription::id)
        .containsExactly(first.id());
    assertThat(subscriptions.find(second.id(), TENANT)).isEmpty();
    assertThat(subscriptions.pause(second.id(), TENANT)).isEmpty();
  }

  @Test
  void disablesOnceAndResumes() {
    UUID id = created("mine").id();
    subscriptions.failing(id);
    assertThat(subscriptions.failing(id)).as("known already").isEmpty();

    assertThat(subscriptions.disable(id, "gone")).isPresent();
    assertThat(subscriptions.disable(id, "gone")).isEmpty();
    Subscription resumed = subscriptions.resume(id, TENANT).orElseThrow();

    assertThat(resumed.state()).isEqualTo(SubscriptionState.ACTIVE);
    assertThat(resumed.reason()).isNull();
    assertThat(resumed.failingSince()).isNull();
  }

  private Subscription created(String name) {
    return subscriptions.create(ledger.ids.next(), TENANT, settings(name), KEYS).orElseThrow();
  }

  private static Settings settings(String name) {
    return new Settings(
        name,
        new EventFilter(
            Set.of(EventKind.FAILED), List.of("image.*"), Set.of("default"), Set.of("a,b\"c")),
        Channel.WEBHOOK,
        "https://example.org/hook",
        BodyFormat.CLOUDEVENTS,
        Signing.HMAC_SHA256,
        Map.of("authorization", "Bearer token: 1"),
        new Limits(3, 7, Duration.ofDays(2)),
        Duration.ZERO,
        "owner@example.org");
  }
}

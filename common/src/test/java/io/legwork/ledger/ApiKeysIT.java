package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.ApiKey;
import io.legwork.access.KeySettings;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysIT {

  private static final String TENANT = "acme";

  private final KeyText text = KeyText.make(TENANT, new SecureRandom());
  private TestLedger ledger;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    ledger = new TestLedger();
    keys = new ApiKeys(ledger.walled);
  }

  @Test
  void givesBackWhatWasChosenButNotTheKey() throws Exception {
    ApiKey made = made(text, null);

    assertThat(keys.find(TENANT, made.id())).contains(made);
    assertThat(made.settings()).isEqualTo(settings(null));
    assertThat(made.expiresAt()).isNull();
    try (var connection = ledger.dataSource.getConnection();
        var statement = connection.createStatement()) {
      ResultSet row = statement.executeQuery("select api_key::text from api_key");
      row.next();
      assertThat(row.getString(1)).contains(text.hash()).doesNotContain(text.secret());
    }
  }

  @Test
  void keepsTenantsApart() {
    ApiKey made = made(text, null);

    assertThat(keys.find("other", made.id())).isEmpty();
    assertThat(keys.list("other", null, 10)).isEmpty();
    assertThat(keys.revoke("other", made.id())).isEmpty();
    assertThat(keys.rotate("other", made.id(), ledger.ids.next(), "h", Duration.ZERO)).isEmpty();
    assertThat(keys.find(TENANT, made.id())).contains(made);
  }

  @Test
  void tellsOfEveryChangeInOrder() {
    ApiKey first = made(text, null);
    ApiKey second = made(KeyText.make(TENANT, new SecureRandom()), null);

    keys.revoke(TENANT, first.id());

    assertThat(keys.changedSince(0))
        .extracting(ApiKey::id)
        .containsExactly(second.id(), first.id());
    assertThat(keys.changedSince(second.version()))
        .singleElement()
        .satisfies(it -> assertThat(it.revoked()).isTrue());
    assertThat(keys.list(TENANT, null, 10)).extracting(ApiKey::id).containsExactly(second.id());
    assertThat(keys.revoke(TENANT, first.id())).as("only once").isEmpty();
  }

  @Test
  void letsTheFormerKeyLiveForTheOverlap() {
    ApiKey former = made(text, Duration.ofDays(90));
    UUID id = ledger.ids.next();

    ApiKey fresh = keys.rotate(TENANT, former.id(), id, "hash", Duration.ofHours(1)).orElseThrow();

    ApiKey old = keys.find(TENANT, former.id()).orElseThrow();
    Instant now = Instant.now();
    assertThat(old.isValidAt(now)).isTrue();
    assertThat(old.isValidAt(now.plus(Duration.ofHours(2)))).isFalse();
    assertThat(fresh.settings()).isEqualTo(former.settings());
    assertThat(fresh.hash()).isEqualTo("hash");
    assertThat(fresh.isValidAt(now.plus(Duration.ofDays(89)))).isTrue();
    assertThat(fresh.isValidAt(now.plus(Duration.ofDays(91)))).isFalse();
  }

  @Test
  void cannotRotateWhatIsOver() {
    ApiKey former = made(text, Duration.ofDays(90));
    keys.rotate(TENANT, former.id(), ledger.ids.next(), "hash", Duration.ZERO);

    assertThat(keys.rotate(TENANT, former.id(), ledger.ids.next(), "again", Duration.ZERO))
        .isEmpty();
  }

  @Test
  void notesTheLatestUseWithoutAChange() {
    ApiKey made = made(text, null);
    Instant later = Instant.parse("2026-11-21T10:00:00Z");

    keys.used(Map.of(made.id(), later));
    keys.used(Map.of(made.id(), later.minusSeconds(60)));

    ApiKey found = keys.find(TENANT, made.id()).orElseThrow();
    assertThat(found.lastUsedAt()).isEqualTo(later);
    assertThat(found.version()).isEqualTo(made.version());
  }

  @Test
  void knowsWhetherAnybodyHasAKey() {
    assertThat(keys.exist()).isFalse();
    ApiKey made = made(text, null);
    assertThat(keys.exist()).isTrue();
    keys.revoke(TENANT, made.id());
    assertThat(keys.exist()).isFalse();
  }

  private ApiKey made(KeyText key, @Nullable Duration life) {
    return keys.create(TENANT, ledger.ids.next(), key.hash(), settings(life)).orElseThrow();
  }

  private static KeySettings settings(@Nullable Duration life) {
    return new KeySettings(
        "the \"key\"",
        Set.of(Role.SUBMIT, Role.OPERATE),
        new Scope(Set.of("a,b", "c"), Set.copyOf(List.of("default"))),
        life);
  }
}

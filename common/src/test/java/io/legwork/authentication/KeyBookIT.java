package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.access.ApiKey;
import io.legwork.access.Caller;
import io.legwork.access.KeySettings;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.ledger.ApiKeys;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.problems.ProblemException;
import io.legwork.task.UuidV7;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class KeyBookIT {

  private final SecureRandom random = new SecureRandom();
  private final UuidV7 ids = new UuidV7(InstantSource.system(), random);
  private final KeyText fixed = KeyText.make("acme", random);
  private final Caller owner = Caller.withAllRoles(ids.next(), "fixed", "acme");
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final AtomicLong nanos = new AtomicLong();
  private ApiKeys ledger;
  private KeyBook book;

  @BeforeEach
  void open() {
    DatabaseAccess access = TestInfra.database();
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(access.jdbcUrl());
    dataSource.setUser(access.username());
    dataSource.setPassword(access.password());
    Flyway.configure().dataSource(dataSource).load().migrate();
    ledger = new ApiKeys(dataSource);
    book = new KeyBook(ledger, Map.of(fixed.hash(), owner), now::get, nanos::get);
  }

  @Test
  void knowsWhoHasAKey() {
    KeyText text = KeyText.make("acme", random);
    ApiKey key = made(text, null);
    book.look();

    Caller caller = book.find(text).orElseThrow();

    assertThat(caller.key()).isEqualTo(key.id());
    assertThat(caller.tenant()).isEqualTo("acme");
    assertThat(caller.roles()).containsExactly(Role.READ);
    assertThat(book.isStillValid(caller)).isTrue();
    assertThat(book.find(KeyText.make("acme", random))).isEmpty();
  }

  @Test
  void forgetsWhatWasRevoked() {
    KeyText text = KeyText.make("acme", random);
    ApiKey key = made(text, null);
    book.look();
    Caller caller = book.find(text).orElseThrow();

    ledger.revoke("acme", key.id());
    book.look();

    assertThat(book.find(text)).isEmpty();
    assertThat(book.isStillValid(caller)).isFalse();
  }

  @Test
  void noticesThatTimeIsOverWithoutLooking() {
    KeyText text = KeyText.make("acme", random);
    made(text, Duration.ofHours(1));
    book.look();
    Caller caller = book.find(text).orElseThrow();

    now.set(now.get().plus(Duration.ofHours(2)));

    assertThat(book.find(text)).isEmpty();
    assertThat(book.isStillValid(caller)).isFalse();
  }

  @Test
  void provesNobodyWhileItMayMissARevocation() {
    KeyText text = KeyText.make("acme", random);
    made(text, null);
    assertUnavailable(text);
    book.look();
    assertThat(book.find(text)).isPresent();

    nanos.addAndGet(KeyBook.PROMISE.toNanos() + 1);

    assertUnavailable(text);
    assertThat(book.find(fixed)).as("needs no ledger").contains(owner);
    book.look();
    assertThat(book.find(text)).isPresent();
  }

  @Test
  void writesDownWhatWasUsedOnce() {
    KeyText text = KeyText.make("acme", random);
    ApiKey key = made(text, null);
    book.look();
    now.set(Instant.parse("2026-11-21T10:00:00Z"));
    book.find(text);
    now.set(Instant.parse("2026-11-21T10:00:30Z"));
    book.find(text);

    book.writeUse();

    assertThat(ledger.find("acme", key.id()).orElseThrow().lastUsedAt()).isEqualTo(now.get());
  }

  private void assertUnavailable(KeyText text) {
    assertThatThrownBy(() -> book.find(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().type().status()).isEqualTo(503));
  }

  private ApiKey made(KeyText text, @Nullable Duration life) {
    var settings = new KeySettings("test", Set.of(Role.READ), Scope.ALL, life);
    return ledger.create("acme", ids.next(), text.hash(), settings).orElseThrow();
  }
}

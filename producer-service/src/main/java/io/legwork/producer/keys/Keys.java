package io.legwork.producer.keys;

import io.legwork.access.ApiKey;
import io.legwork.access.KeySettings;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.access.Tenant;
import io.legwork.authentication.KeyBook;
import io.legwork.ledger.ApiKeys;
import io.legwork.ledger.LedgerException;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.NewTask;
import io.legwork.task.UuidV7;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, rotates and revokes the keys of a tenant. What is changed here holds at once in this
 * process, and in all others within {@link KeyBook#PROMISE}. Thread-safe.
 */
final class Keys {

  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

  private final SecureRandom random = new SecureRandom();
  private final ApiKeys ledger;
  private final KeyBook book;
  private final UuidV7 ids;

  Keys(ApiKeys ledger, KeyBook book, UuidV7 ids) {
    this.ledger = ledger;
    this.book = book;
    this.ids = ids;
  }

  /** A key, and its text, which nobody will see again. */
  record Made(ApiKey key, KeyText text) {}

  /**
   * Makes a key.
   *
   * @throws ProblemException if the tenant can have no more
   */
  Made make(String tenant, KeySettings settings) {
    KeyText text = KeyText.make(tenant, random);
    ApiKey key =
        ledger
            .create(tenant, ids.next(), text.hash(), settings)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.KEY_CONFLICT,
                    "there are %,d valid keys already, which is the most".formatted(ApiKeys.MOST)));
    changed("key.made", key);
    return new Made(key, text);
  }

  /**
   * Makes a key in the place of another one, which stays valid for a while.
   *
   * @throws ProblemException if the tenant has no such key that is valid
   */
  Made rotate(String tenant, UUID id, Duration overlap) {
    KeyText text = KeyText.make(tenant, random);
    ApiKey key =
        ledger.rotate(tenant, id, ids.next(), text.hash(), overlap).orElseThrow(Keys::unknown);
    changed("key.rotated", key);
    return new Made(key, text);
  }

  /**
   * Revokes a key for good.
   *
   * @throws ProblemException if the tenant has no such key that is valid
   */
  void revoke(String tenant, UUID id) {
    changed("key.revoked", ledger.revoke(tenant, id).orElseThrow(Keys::unknown));
  }

  /**
   * The key with an id.
   *
   * @throws ProblemException if the tenant has no such key
   */
  ApiKey find(String tenant, UUID id) {
    return ledger.find(tenant, id).orElseThrow(Keys::unknown);
  }

  /** A page of the tenant's keys, the oldest first. */
  List<ApiKey> list(String tenant, @Nullable UUID after, int limit) {
    return ledger.list(tenant, after, limit);
  }

  /**
   * Makes a tenant: its first key, which makes the others.
   *
   * @throws ProblemException if it has keys already
   */
  Made open(String tenant) {
    KeyText text = KeyText.make(tenant, random);
    var settings = new KeySettings("first key", Set.of(Role.ADMIN), Scope.ALL, null);
    ApiKey key =
        ledger
            .createFirst(tenant, ids.next(), text.hash(), settings)
            .orElseThrow(() ->
                new ProblemException(ProblemType.TENANT_CONFLICT, "the tenant has keys already"));
    changed("tenant.opened", key);
    return new Made(key, text);
  }

  /**
   * Revokes all keys of a tenant. Its tasks stay, and go on.
   *
   * @throws ProblemException if it has none that is valid, or it is that of the installation
   */
  void close(String tenant) {
    if (tenant.equals(NewTask.DEFAULT_TENANT)) {
      throw new ProblemException(
          ProblemType.TENANT_CONFLICT, "this one keeps the tenants; revoke its keys one by one");
    }
    if (ledger.revokeAll(tenant) == 0) {
      throw new ProblemException(ProblemType.TENANT_NOT_FOUND, "there is no tenant of this name");
    }
    learn();
    LOG.atInfo().addKeyValue("tenant", tenant).log("tenant.closed");
  }

  /** A page of the tenants that have keys, by name. */
  List<Tenant> tenants(String after, int limit) {
    return ledger.tenants(after, limit);
  }

  private void learn() {
    try {
      book.look();
    } catch (LedgerException lost) {
      // The change is committed; this process learns of it like all others.
    }
  }

  private void changed(String event, ApiKey key) {
    learn();
    LOG.atInfo()
        .addKeyValue("tenant", key.tenant())
        .addKeyValue("key", key.id())
        .addKeyValue("name", key.settings().name())
        .log(event);
  }

  static ProblemException unknown() {
    return new ProblemException(ProblemType.KEY_NOT_FOUND, "there is no key of this id");
  }
}

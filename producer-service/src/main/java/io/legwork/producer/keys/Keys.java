package io.legwork.producer.keys;

import io.legwork.access.ApiKey;
import io.legwork.access.KeySettings;
import io.legwork.access.KeyText;
import io.legwork.authentication.KeyBook;
import io.legwork.ledger.ApiKeys;
import io.legwork.ledger.LedgerException;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.UuidV7;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
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

  private void changed(String event, ApiKey key) {
    try {
      book.look();
    } catch (LedgerException lost) {
      // The change is committed; this process learns of it like all others.
    }
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

package io.legwork.notifier.stream;

import static org.awaitility.Awaitility.await;

import io.legwork.access.ApiKey;
import io.legwork.access.KeySettings;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Scope;
import io.legwork.ledger.ApiKeys;
import io.legwork.notifier.TestNotifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * A key of the tenant {@code default} that was made in the ledger, as the producer does it.
 *
 * @param secret what its owner shows
 */
record TestKey(UUID id, String secret) {

  /** Makes a key; the notifier knows it when this returns. */
  static TestKey make(TestNotifier notifier, Role role, Scope scope) {
    KeyText text = KeyText.make("default", new SecureRandom());
    ApiKey key =
        notifier
            .part(ApiKeys.class)
            .create(
                text.tenant(),
                UUID.randomUUID(),
                text.hash(),
                new KeySettings("test", Set.of(role), scope, null))
            .orElseThrow();
    await().atMost(Duration.ofSeconds(20)).until(() -> isKnown(notifier, text.secret()));
    return new TestKey(key.id(), text.secret());
  }

  private static boolean isKnown(TestNotifier notifier, String secret) throws Exception {
    var nothing = notifier.uri("local.server.port", "/v1/events?task=" + UUID.randomUUID());
    try (SseClient stream = SseClient.open(nothing, "Authorization", "Bearer " + secret)) {
      return stream.response().statusCode() != 401;
    }
  }

  /** Revokes it; notifiers learn so within seconds. */
  void revoke(TestNotifier notifier) {
    notifier.part(ApiKeys.class).revoke("default", id);
  }
}

package io.legwork.producer;

import io.legwork.local.DatabaseAccess;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;

/** A service that asks for keys, and somebody who may make them. */
record Guarded(ProducerUnderTest producer, String owner) implements AutoCloseable {

  /** The configured key of the tenant {@code default}. */
  static final String OWNER = "lw_default_" + "owner0".repeat(10);

  /** The configured key of another tenant. */
  static final String STRANGER = "lw_stranger_" + "alien1".repeat(10);

  /** The configured key of a tenant that has nothing. */
  static final String NEWCOMER = "lw_newcomer_" + "fresh2".repeat(10);

  static Guarded start(DatabaseAccess database, String... more) {
    String[] settings =
        Stream.concat(
                Stream.of(
                    "--legwork.security.admin-keys=" + String.join(",", OWNER, STRANGER, NEWCOMER),
                    "--legwork.security.key-usage-interval=1s",
                    "--legwork.security.failures-per-second=1000000",
                    "--legwork.security.misses-per-second=1000000"),
                Stream.of(more))
            .toArray(String[]::new);
    return new Guarded(ProducerUnderTest.start(database, settings), OWNER);
  }

  /** Asks with a key. */
  Answer call(String method, String path, String key) {
    return producer.send(
        producer
            .request(path, "Authorization", "Bearer " + key)
            .method(method, BodyPublishers.noBody()));
  }

  /** Posts JSON, written with single quotes, with a key. */
  Answer post(String path, String body, String key) {
    return producer.post(path, body, "Authorization", "Bearer " + key);
  }

  /** Has a key made; the answer tells it. */
  Answer make(String settings) {
    return post("/v1/keys", settings, owner);
  }

  /** A new key with these roles, separated by commas. */
  String keyWith(String roles) {
    String quoted = "'" + roles.replace(",", "','") + "'";
    return make("{'name':'%s','roles':[%s]}".formatted(roles, quoted)).text("key");
  }

  @Override
  public void close() {
    producer.close();
  }
}

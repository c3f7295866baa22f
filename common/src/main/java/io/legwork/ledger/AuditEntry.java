package io.legwork.ledger;

import io.legwork.secrets.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log: that an action begins, or how it ended.
 *
 * @param at in microseconds, by the clock of the database
 * @param status of HTTP that it was answered with; null if it begins
 * @param created where what it made is found, if it made something
 */
record AuditEntry(
    long sequence,
    Instant at,
    AuditedAction action,
    @Nullable Integer status,
    @Nullable String created) {

  private static final int ABSENT = -1;

  /**
   * What the row is sealed with: SHA-256 over the seal of the row before and the fields, each as
   * the length of its UTF-8 in four bytes, and that.
   *
   * @param former the seal of the row before; empty for the first
   */
  byte[] seal(byte[] former) {
    MessageDigest digest = Sha256.begin();
    digest.update(former);
    Stream.of(
            Long.toString(sequence),
            at.toString(),
            action.id().toString(),
            action.tenant(),
            action.key().toString(),
            action.name(),
            action.operation(),
            action.target(),
            action.source())
        .forEach(field -> add(digest, field));
    add(digest, status == null ? null : status.toString());
    add(digest, created);
    return digest.digest();
  }

  private static void add(MessageDigest digest, @Nullable String field) {
    byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
    int length = field == null ? ABSENT : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    digest.update(bytes);
  }
}

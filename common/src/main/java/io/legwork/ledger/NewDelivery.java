package io.legwork.ledger;

import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.secrets.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/**
 * Somebody who is to be told something.
 *
 * @param name tells it from other deliveries of the event: {@link #CALLBACK} or the id of a
 *     subscription
 * @param endpoint what stands or falls together: the host and port of a callback, or the id of a
 *     subscription
 * @param content what is sent, with every attempt the same
 * @param leased whether its creator makes the first attempt itself, at once
 * @param delay how long the first attempt waits, if the creator does not make it
 */
public record NewDelivery(
    Notification notification,
    String name,
    DeliveryTarget target,
    String endpoint,
    Content content,
    boolean leased,
    Duration delay) {

  /** The name of the delivery to the task's own callback. */
  public static final String CALLBACK = "callback";

  private static final long TIME = 0xFFFF_FFFF_FFFF_0000L;
  private static final long VERSION = 0x7000L;
  private static final long LOW = 0xFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /**
   * The id of the delivery: the same for the same event and name, whoever creates it. Like the id
   * of the event it begins with the time of the event.
   */
  public UUID id() {
    UUID event = notification.id();
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(event + "\n" + name));
    long time = event.getMostSignificantBits() & TIME;
    return new UUID(
        time | VERSION | (hash.getLong() & LOW), (hash.getLong() & (VARIANT - 1) >>> 1) | VARIANT);
  }

  /** The same, left to whoever finds it due. */
  public NewDelivery unleased() {
    return new NewDelivery(notification, name, target, endpoint, content, false, delay);
  }
}

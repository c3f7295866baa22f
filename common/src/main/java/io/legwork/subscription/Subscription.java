package io.legwork.subscription;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is stored.
 *
 * @param version grows with every change, over all subscriptions
 * @param keys what its webhooks are signed with
 * @param reason why it was disabled, or null
 * @param failingSince since when every attempt has failed, or null
 */
public record Subscription(
    UUID id,
    String tenant,
    long version,
    Settings settings,
    Keys keys,
    SubscriptionState state,
    @Nullable String reason,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant failingSince) {

  /**
   * The keys of a webhook, opened.
   *
   * @param current signs, null on other channels and where the stored key cannot be opened
   * @param former signs as well until {@code formerUntil}
   * @param verifying the public key if there is one
   */
  public record Keys(
      @Nullable String current,
      @Nullable String former,
      @Nullable Instant formerUntil,
      @Nullable String verifying) {

    /** No keys. */
    public static final Keys NONE = new Keys(null, null, null, null);

    /** The former key while it signs. */
    public Optional<String> formerAt(Instant now) {
      return formerUntil != null && now.isBefore(formerUntil)
          ? Optional.ofNullable(former)
          : Optional.empty();
    }

    /** Leaves the keys out, so that they cannot reach a log. */
    @Override
    public String toString() {
      return "Keys[…]";
    }
  }

  /** What its deliveries have as target, and as endpoint. */
  public String target() {
    return id.toString();
  }
}

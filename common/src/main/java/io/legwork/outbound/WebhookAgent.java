package io.legwork.outbound;

import org.jspecify.annotations.Nullable;

/**
 * The name under which Legwork sends webhooks. Nobody who configures one can choose another, so
 * that one that leads back to Legwork is recognised by it.
 */
public final class WebhookAgent {

  /** The value of {@code User-Agent}. */
  public static final String NAME = "Legwork-Webhooks/1.0";

  /** Of every version, so that installations of different versions recognise each other's. */
  private static final String PREFIX = "Legwork-Webhooks/";

  private WebhookAgent() {}

  /**
   * Whether a request is a webhook of a Legwork, be it this one or another.
   *
   * @param userAgent what it says of who sent it, or null
   */
  public static boolean sent(@Nullable String userAgent) {
    return userAgent != null && userAgent.startsWith(PREFIX);
  }
}

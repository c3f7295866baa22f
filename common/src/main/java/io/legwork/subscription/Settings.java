package io.legwork.subscription;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What its owner chooses about a subscription.
 *
 * @param target a URL, the address of a mailbox or the name of an exchange
 * @param headers sent with every webhook, as secret as the signing key
 * @param digest mails wait for the end of a period of this length, to be sent as one; zero for
 *     mails at once
 * @param owner the address of whom to tell when it is disabled, or null
 */
public record Settings(
    String name,
    EventFilter filter,
    Channel channel,
    String target,
    BodyFormat format,
    Signing signing,
    Map<String, String> headers,
    Limits limits,
    Duration digest,
    @Nullable String owner) {

  /** Takes a copy. */
  public Settings {
    headers = Map.copyOf(headers);
  }

  /** Leaves the values of the headers out, so that they cannot reach a log. */
  @Override
  public String toString() {
    return "Settings[name=%s, channel=%s, headers=%s]".formatted(name, channel, headers.keySet());
  }
}

package io.legwork.messaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a broker has to offer, by what it says of itself when a connection is opened. */
final class BrokerRequirements {

  private static final Map<String, String> CAPABILITIES = new LinkedHashMap<>();

  static {
    CAPABILITIES.put("publisher_confirms", "publisher confirms");
    CAPABILITIES.put("basic.nack", "negative acknowledgements");
    CAPABILITIES.put("consumer_cancel_notify", "notice of cancelled consumers");
  }

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final List<Integer> OLDEST = List.of(3, 10);

  private BrokerRequirements() {}

  /**
   * Holds the properties of a broker against what is needed.
   *
   * @throws UnsuitableBrokerException if something is missing
   */
  static void check(Map<String, Object> properties) {
    String product = String.valueOf(properties.get("product"));
    String version = String.valueOf(properties.get("version"));
    String broker = product + " " + version;
    Map<?, ?> offered = properties.get("capabilities") instanceof Map<?, ?> map ? map : Map.of();
    CAPABILITIES.forEach((capability, name) -> {
      if (!Boolean.TRUE.equals(offered.get(capability))) {
        throw new UnsuitableBrokerException(broker, name);
      }
    });
    if (product.equals("RabbitMQ") && isTooOld(version)) {
      throw new UnsuitableBrokerException(broker, "quorum queues as they are since version 3.10");
    }
  }

  private static boolean isTooOld(String version) {
    MatchResult parts = VERSION.matcher(version).results().findFirst().orElse(null);
    if (parts == null) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    return major < OLDEST.get(0) || (major == OLDEST.get(0) && minor < OLDEST.get(1));
  }
}

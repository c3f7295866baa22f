package io.legwork.producer.fairuse;

/**
 * How a caller stands with one of its limits, as the RateLimit header fields tell it
 * (draft-ietf-httpapi-ratelimit-headers-10).
 *
 * @param policy names the limit
 * @param quota how much there is in a window
 * @param window its length in seconds
 * @param unit what is counted, as the draft names it; "" for requests, which here are tasks
 * @param remaining how much is left
 * @param reset after how many seconds there is more
 */
record Standing(String policy, long quota, long window, String unit, long remaining, long reset) {

  /** An item of {@code RateLimit-Policy}. */
  String policyItem() {
    String unitParameter = unit.isEmpty() ? "" : ";qu=\"" + unit + '"';
    return "\"%s\";q=%d;w=%d%s".formatted(policy, quota, window, unitParameter);
  }

  /** An item of {@code RateLimit}. */
  String item() {
    return "\"%s\";r=%d;t=%d".formatted(policy, remaining, reset);
  }
}

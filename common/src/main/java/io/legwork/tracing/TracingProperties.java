package io.legwork.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans go.
 *
 * @param endpoint the collector, spoken to with OTLP over HTTP (protobuf), such as {@code
 *     http://collector:4318}; {@code /v1/traces} is added. None, and nothing is traced, unless it
 *     or {@code OTEL_EXPORTER_OTLP_ENDPOINT} is set
 * @param sampling which share of the requests that come without a {@code traceparent} begin a
 *     trace, 0 to 1; a caller's own is followed if it is sampled
 * @param headers sent to the collector with every request, such as {@code authorization}
 * @param queue how many spans wait to be sent, at most; what is more is dropped
 * @param timeout how long the collector may take to answer
 */
@ConfigurationProperties("legwork.tracing")
record TracingProperties(
    @DefaultValue("") String endpoint,
    @DefaultValue("0.1") double sampling,
    @DefaultValue Map<String, String> headers,
    @DefaultValue("2048") int queue,
    @DefaultValue("5s") Duration timeout) {

  private static final String PATH = "/v1/traces";

  /** Refuses what could only be a mistake. */
  TracingProperties {
    headers = Map.copyOf(headers);
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/\\s?#]+[^\\s?#]*")) {
      throw new IllegalArgumentException(
          "legwork.tracing.endpoint must be a URL such as http://collector:4318, not " + endpoint);
    }
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException(
          "legwork.tracing.sampling is a share from 0 to 1, not " + sampling);
    }
    if (queue < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "legwork.tracing.queue and legwork.tracing.timeout must be positive");
    }
  }

  /** Whether somebody wants spans. */
  boolean isOn() {
    return !endpoint.isEmpty();
  }

  /** The address that spans are posted to. */
  String target() {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    return URI.create(base.endsWith(PATH) ? base : base + PATH).toString();
  }

  /** Leaves the values of the headers out, so that they cannot reach a log. */
  @Override
  public String toString() {
    return "TracingProperties[endpoint=%s, sampling=%s, headers=%s]"
        .formatted(endpoint, sampling, headers.keySet());
  }
}

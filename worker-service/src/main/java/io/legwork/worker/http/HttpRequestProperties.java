package io.legwork.worker.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of {@code http.request}.
 *
 * @param connectTimeout how long to wait for a connection
 * @param timeout how long to wait for the whole answer, unless the task says otherwise
 * @param response how much of an answer's body is kept, unless the task says otherwise
 * @param maxResponse the most that a task may ask to be kept
 */
@ConfigurationProperties("legwork.worker.http")
record HttpRequestProperties(
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("64KB") DataSize response,
    @DefaultValue("1MB") DataSize maxResponse) {

  HttpRequestProperties {
    if (!connectTimeout.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("legwork.worker.http: timeouts must be positive");
    }
    if (response.isNegative() || response.compareTo(maxResponse) > 0) {
      throw new IllegalArgumentException(
          "legwork.worker.http: response must be from 0 to max-response");
    }
    if (maxResponse.compareTo(DataSize.ofMegabytes(64)) > 0) {
      throw new IllegalArgumentException(
          "legwork.worker.http: max-response must be at most 64MB, it is held in memory");
    }
  }
}

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
 */
@ConfigurationProperties("legwork.worker.http")
record HttpRequestProperties(
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("64KB") DataSize response) {

  /**
   * The most that can be kept of a body. Written as JSON it at most doubles, so that together with
   * the headers it fits into the largest result a task can have, which is 1 MiB: a request that was
   * made is not to fail because of its answer.
   */
  static final int LARGEST_RESPONSE = 400 * 1024;

  HttpRequestProperties {
    if (!connectTimeout.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("legwork.worker.http: timeouts must be positive");
    }
    if (response.isNegative() || response.toBytes() > LARGEST_RESPONSE) {
      throw new IllegalArgumentException("legwork.worker.http.response must be from 0 to 400KB");
    }
  }
}

package io.legwork.authentication;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CorsConfigurer;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Which pages may use the API in a browser (CORS, Fetch Standard). Thread-safe. */
final class CrossOrigin {

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final CorsProcessor processor = new DefaultCorsProcessor();
  private final @Nullable CorsConfiguration allowed;

  /** Answers pages of these origins, and no others. */
  CrossOrigin(List<String> origins) {
    this.allowed = origins.isEmpty() ? null : allowed(origins);
  }

  /** Has the filter chain do this. */
  void configure(CorsConfigurer<HttpSecurity> cors) {
    if (allowed == null) {
      cors.disable();
      return;
    }
    var everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", allowed);
    cors.configurationSource(everywhere);
  }

  /**
   * Does for one request what the filter chain would have done.
   *
   * @return whether it is to be answered; a page that may not ask has been told so
   */
  boolean lets(HttpServletRequest request, HttpServletResponse response) throws IOException {
    return allowed == null || processor.processRequest(allowed, request, response);
  }

  /** Nothing that a browser sends on its own proves anything to this API, so none is asked for. */
  private static CorsConfiguration allowed(List<String> origins) {
    var allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(origins);
    allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
    allowed.setAllowedHeaders(
        List.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-None-Match",
            "Last-Event-ID",
            "Prefer",
            "traceparent"));
    allowed.setExposedHeaders(
        List.of(
            "ETag",
            "Idempotent-Replayed",
            "Location",
            "Preference-Applied",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After"));
    allowed.setAllowCredentials(false);
    allowed.setMaxAge(REMEMBERED);
    return allowed;
  }
}

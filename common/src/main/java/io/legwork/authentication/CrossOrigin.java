package io.legwork.authentication;

import java.time.Duration;
import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CorsConfigurer;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Which pages may use the API in a browser (CORS, Fetch Standard). */
final class CrossOrigin {

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private CrossOrigin() {}

  /**
   * Answers pages of these origins, and no others. Nothing that a browser sends on its own proves
   * anything to this API, so it is not asked to send it.
   */
  static void configure(CorsConfigurer<HttpSecurity> cors, List<String> origins) {
    if (origins.isEmpty()) {
      cors.disable();
      return;
    }
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
    var everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", allowed);
    cors.configurationSource(everywhere);
  }
}

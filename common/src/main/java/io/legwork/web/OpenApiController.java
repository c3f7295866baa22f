package io.legwork.web;

import java.io.IOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what the API looks like (OpenAPI 3.1). It is one document, {@code openapi.json}, for all
 * services: callers need not know which of them serves what.
 */
@RestController
class OpenApiController {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final byte[] document;

  OpenApiController() throws IOException {
    document = new ClassPathResource("openapi.json").getContentAsByteArray();
  }

  @GetMapping(path = "/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(FRESH)).body(document);
  }
}

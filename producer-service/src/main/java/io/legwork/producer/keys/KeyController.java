package io.legwork.producer.keys;

import io.legwork.access.ApiKey;
import io.legwork.access.Caller;
import io.legwork.access.KeySettings;
import io.legwork.producer.fields.Overlap;
import io.legwork.producer.keys.Keys.Made;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.producer.web.Page;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keeps the keys of the caller's tenant. */
@RestController
@RequestMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeyController {

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private final BodyReader bodies;
  private final Keys keys;

  KeyController(BodyReader bodies, Keys keys) {
    this.bodies = bodies;
    this.keys = keys;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    try (Body body = bodies.read(request, KeyReader.MAX_SIZE)) {
      KeySettings settings = KeyReader.read(body.bytes());
      return made(keys.make(caller.tenant(), settings));
    }
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Caller caller) {
    return fresh(
        KeyJson.keys(
            Page.byId(
                cursor, (after, limit) -> keys.list(caller.tenant(), after, limit), ApiKey::id)));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> read(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return fresh(KeyJson.key(keys.find(caller.tenant(), parse(id)), null));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> revoke(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    keys.revoke(caller.tenant(), parse(id));
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/{id}/rotate")
  ResponseEntity<byte[]> rotate(
      @PathVariable String id,
      @RequestParam(defaultValue = "24h") String overlap,
      @AuthenticationPrincipal Caller caller) {
    return made(keys.rotate(caller.tenant(), parse(id), Overlap.read(overlap, LONGEST_OVERLAP)));
  }

  private static ResponseEntity<byte[]> made(Made made) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/v1/keys/" + made.key().id())
        .cacheControl(CacheControl.noStore())
        .body(KeyJson.key(made.key(), made.text()));
  }

  private static ResponseEntity<byte[]> fresh(byte[] body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }

  private static UUID parse(String id) {
    return TaskId.parse(id).map(TaskId::value).orElseThrow(Keys::unknown);
  }
}

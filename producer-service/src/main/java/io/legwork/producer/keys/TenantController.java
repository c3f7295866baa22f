package io.legwork.producer.keys;

import io.legwork.access.Tenant;
import io.legwork.access.TenantName;
import io.legwork.producer.keys.Keys.Made;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.producer.web.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keeps the tenants: a tenant is whoever has keys. */
@RestController
@RequestMapping(path = "/v1/tenants", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantController {

  private final BodyReader bodies;
  private final Keys keys;

  TenantController(BodyReader bodies, Keys keys) {
    this.bodies = bodies;
    this.keys = keys;
  }

  @GetMapping
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String cursor) {
    if (!cursor.isEmpty() && !TenantName.isValid(cursor)) {
      throw Page.unknownCursor();
    }
    List<Tenant> found = keys.tenants(cursor, Page.LENGTH + 1);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(KeyJson.tenants(Page.of(found, Page.LENGTH, Tenant::name)));
  }

  /** The answer is its first key. */
  @PostMapping
  ResponseEntity<byte[]> open(HttpServletRequest request) {
    try (Body body = bodies.read(request, KeyReader.MAX_SIZE)) {
      Made made = keys.open(KeyReader.tenant(body.bytes()));
      return ResponseEntity.status(HttpStatus.CREATED)
          .cacheControl(CacheControl.noStore())
          .body(KeyJson.key(made.key(), made.text()));
    }
  }

  @DeleteMapping("/{name}")
  ResponseEntity<byte[]> close(@PathVariable String name) {
    keys.close(name);
    return ResponseEntity.noContent().build();
  }
}

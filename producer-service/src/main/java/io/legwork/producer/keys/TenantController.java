package io.legwork.producer.keys;

import io.legwork.access.Tenant;
import io.legwork.access.TenantName;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.keys.Keys.Made;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
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

  private static final int PAGE = 100;

  private final BodyReader bodies;
  private final Keys keys;

  TenantController(BodyReader bodies, Keys keys) {
    this.bodies = bodies;
    this.keys = keys;
  }

  @GetMapping
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String cursor) {
    if (!cursor.isEmpty() && !TenantName.isValid(cursor)) {
      throw new ProblemException(ProblemType.INVALID_CURSOR, "the cursor was not given out here");
    }
    List<Tenant> found = keys.tenants(cursor, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Tenant> page = more ? found.subList(0, PAGE) : found;
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(KeyJson.tenants(page, more ? page.getLast().name() : null));
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

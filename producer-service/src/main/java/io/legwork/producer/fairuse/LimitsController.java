package io.legwork.producer.fairuse;

import io.legwork.access.TenantName;
import io.legwork.ledger.TenantLimitRows;
import io.legwork.ledger.TenantLimits;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keeps what single tenants may use. A change holds in all producers after a second or two. */
@RestController
@RequestMapping(path = "/v1/tenants/{name}/limits", produces = MediaType.APPLICATION_JSON_VALUE)
class LimitsController {

  private final BodyReader bodies;
  private final TenantLimitRows rows;
  private final FairUse fairUse;

  LimitsController(BodyReader bodies, TenantLimitRows rows, FairUse fairUse) {
    this.bodies = bodies;
    this.rows = rows;
    this.fairUse = fairUse;
  }

  @GetMapping
  ResponseEntity<byte[]> read(@PathVariable String name) {
    requireName(name);
    return answer(name, rows.find(name));
  }

  @PutMapping
  ResponseEntity<byte[]> set(@PathVariable String name, HttpServletRequest request) {
    requireName(name);
    try (Body body = bodies.read(request, LimitsReader.MAX_SIZE)) {
      TenantLimits limits = LimitsReader.read(body.bytes());
      rows.put(name, limits);
      return answer(name, limits);
    }
  }

  /** A tenant may have its only key in the configuration: that none is known says nothing. */
  private static void requireName(String name) {
    if (!TenantName.isValid(name)) {
      throw new ProblemException(ProblemType.TENANT_NOT_FOUND, "no tenant can have this name");
    }
  }

  private ResponseEntity<byte[]> answer(String name, TenantLimits own) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(LimitsJson.write(own, fairUse.limits(name)));
  }
}

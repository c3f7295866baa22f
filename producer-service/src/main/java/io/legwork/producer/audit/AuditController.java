package io.legwork.producer.audit;

import io.legwork.access.Caller;
import io.legwork.ledger.AuditLog;
import io.legwork.ledger.AuditView;
import io.legwork.problems.QueryParameters;
import io.legwork.producer.web.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the audit log. */
@RestController
@RequestMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

  private static final Pattern SEQUENCE = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern HEAD = Pattern.compile("[0-9a-f]{64}");

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  ResponseEntity<byte[]> list(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    var parameters =
        new QueryParameters(request.getParameterMap(), Set.of("since", "cursor", "limit"));
    Instant since = Objects.requireNonNullElse(parameters.time("since"), Instant.EPOCH);
    int limit = parameters.limit();
    String cursor = parameters.text("cursor");
    parameters.requireValid();
    List<AuditView> found = log.list(caller.tenant(), before(cursor), since, limit + 1);
    return fresh(AuditJson.page(Page.of(found, limit, last -> Long.toString(last.sequence()))));
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!SEQUENCE.matcher(cursor).matches()) {
      throw Page.unknownCursor();
    }
    return Long.parseLong(cursor);
  }

  @GetMapping("/verification")
  ResponseEntity<byte[]> verify(HttpServletRequest request) {
    var parameters = new QueryParameters(request.getParameterMap(), Set.of("head"));
    String head = parameters.text("head");
    if (head != null && !HEAD.matcher(head).matches()) {
      parameters.refuse("head", "must be the head of a former verification");
    }
    parameters.requireValid();
    return fresh(AuditJson.verification(log.verify(head)));
  }

  private static ResponseEntity<byte[]> fresh(byte[] body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }
}

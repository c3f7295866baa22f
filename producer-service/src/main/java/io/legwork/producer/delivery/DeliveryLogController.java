package io.legwork.producer.delivery;

import io.legwork.access.Caller;
import io.legwork.ledger.DeliveryFilter;
import io.legwork.ledger.DeliveryQueries;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.Redeliveries;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.problems.QueryParameters;
import io.legwork.producer.web.Page;
import io.legwork.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the log of deliveries, and has them made anew. */
@RestController
@RequestMapping(path = "/v1/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryLogController {

  private final DeliveryQueries deliveries;
  private final Redeliveries redeliveries;

  DeliveryLogController(DeliveryQueries deliveries, Redeliveries redeliveries) {
    this.deliveries = deliveries;
    this.redeliveries = redeliveries;
  }

  @GetMapping
  ResponseEntity<byte[]> list(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    var parameters =
        new QueryParameters(
            request.getParameterMap(),
            Set.of("subscription", "state", "type", "since", "cursor", "limit"));
    DeliveryFilter filter = DeliveryParameters.filter(caller.tenant(), parameters);
    int limit = parameters.limit();
    parameters.requireValid();
    List<DeliveryView> found = deliveries.list(filter, limit + 1);
    return fresh(DeliveryJson.page(Page.of(found, limit, last -> last.id().toString())));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> read(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return fresh(DeliveryJson.delivery(require(caller, id)));
  }

  @PostMapping("/{id}/redeliver")
  ResponseEntity<byte[]> redeliver(
      @PathVariable String id, @AuthenticationPrincipal Caller caller) {
    DeliveryView delivery = require(caller, id);
    if (!redeliveries.one(caller.tenant(), delivery.id())) {
      throw new ProblemException(
          ProblemType.DELIVERY_STATE_CONFLICT, "it is " + delivery.state() + ", not settled");
    }
    return ResponseEntity.accepted()
        .cacheControl(CacheControl.noStore())
        .body(DeliveryJson.delivery(require(caller, id)));
  }

  @PostMapping("/redeliver")
  ResponseEntity<byte[]> redeliverFailed(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    var parameters =
        new QueryParameters(request.getParameterMap(), Set.of("since", "subscription"));
    Instant since = parameters.time("since");
    String name = DeliveryParameters.subscription(parameters);
    if (since == null) {
      parameters.refuse("since", "is missing");
    }
    parameters.requireValid();
    int count = redeliveries.failed(caller.tenant(), since == null ? Instant.EPOCH : since, name);
    return ResponseEntity.accepted()
        .cacheControl(CacheControl.noStore())
        .body(DeliveryJson.redelivered(count, count == Redeliveries.MOST));
  }

  private DeliveryView require(Caller caller, String id) {
    UUID delivery = TaskId.parse(id).map(TaskId::value).orElse(new UUID(0, 0));
    return deliveries
        .find(caller.tenant(), delivery)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.DELIVERY_NOT_FOUND, "there is no delivery of this id"));
  }

  private static ResponseEntity<byte[]> fresh(byte[] body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(body);
  }
}

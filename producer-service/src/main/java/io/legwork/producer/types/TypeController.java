package io.legwork.producer.types;

import io.legwork.access.Caller;
import io.legwork.ledger.TaskTypes;
import io.legwork.ledger.TypeView;
import io.legwork.process.Heartbeat;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the task types that live workers handle. */
@RestController
class TypeController {

  private final TaskTypes types;

  TypeController(TaskTypes types) {
    this.types = types;
  }

  @GetMapping(path = "/v1/types", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> types(@AuthenticationPrincipal Caller caller) {
    List<TypeView> live =
        types.live(Heartbeat.LEASE).stream()
            .filter(type -> caller.scope().coversType(type.definition().name()))
            .toList();
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(TypeJson.types(live));
  }
}

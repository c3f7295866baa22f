package io.legwork.worker.bindings;

import io.legwork.ledger.ProcessIdentity;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.worker.handlers.HandlerSource;
import io.legwork.worker.handlers.WorkerHandlersProperties;
import io.legwork.worker.push.PushDeclaration;
import io.legwork.worker.push.PushHandler;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Offers the declared handlers. */
@AutoConfiguration
class BindingConfiguration {

  @Bean
  HandlerSource declaredHandlers(
      WorkerHandlersProperties properties,
      OutboundPolicy policy,
      OutboundClient client,
      ProcessIdentity identity,
      Environment environment) {
    return new BindingFolder(
        properties.handlers(),
        declared ->
            new PushHandler(
                resolved(declared, environment),
                policy,
                client,
                identity.reportKey(),
                InstantSource.system()));
  }

  /** A secret need not lie in a file: {@code ${NAME}} is taken from the worker's settings. */
  private static PushDeclaration resolved(PushDeclaration declared, Environment environment) {
    Map<String, String> headers = new LinkedHashMap<>();
    declared
        .headersToSend()
        .forEach(
            (name, value) -> headers.put(name, environment.resolveRequiredPlaceholders(value)));
    return new PushDeclaration(
        environment.resolveRequiredPlaceholders(declared.url()),
        environment.resolveRequiredPlaceholders(declared.secret()),
        headers);
  }
}

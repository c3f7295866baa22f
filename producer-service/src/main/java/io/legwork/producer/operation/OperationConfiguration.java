package io.legwork.producer.operation;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.Cancellations;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Redrives;
import io.legwork.ledger.TaskQueries;
import io.legwork.producer.dispatch.Dispatcher;
import io.legwork.task.UuidV7;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the operations together. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {

  @Bean
  Operations operations(
      DataSource ledger,
      ProcessIdentity identity,
      UuidV7 ids,
      TaskQueries tasks,
      EventAnnouncer announcer,
      Dispatcher dispatcher) {
    return new Operations(
        new Cancellations(ledger, identity.id(), ids),
        new Redrives(ledger, identity.id(), ids),
        tasks,
        announcer,
        dispatcher::dispatch);
  }
}

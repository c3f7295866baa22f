package io.legwork.producer.attempt;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.RunningTasks;
import io.legwork.ledger.TaskOutcomes;
import io.legwork.ledger.TaskProgress;
import io.legwork.secrets.ContentCipher;
import io.legwork.task.UuidV7;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger for reports. */
@Configuration(proxyBeanMethods = false)
class AttemptConfiguration {

  @Bean
  Attempts attempts(
      DataSource ledger,
      ProcessIdentity identity,
      UuidV7 ids,
      EventAnnouncer announcer,
      ContentCipher contents) {
    return new Attempts(
        new RunningTasks(ledger),
        new TaskOutcomes(ledger, identity.id(), ids),
        new TaskProgress(ledger),
        announcer,
        contents);
  }
}

package io.legwork.producer.waiting;

import io.legwork.ledger.TaskQueries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the waiting room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WaitingProperties.class)
class WaitingConfiguration {

  @Bean
  WaitingRoom waitingRoom(TaskQueries tasks, WaitingProperties properties, MeterRegistry meters) {
    var room = new WaitingRoom(tasks::finished, properties.capacity());
    Gauge.builder("legwork.requests.waiting", room, WaitingRoom::size)
        .description("Requests that wait for the end of a task")
        .register(meters);
    return room;
  }
}

package io.legwork.notifier.stream;

import io.legwork.authentication.KeyBook;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.TaskQueries;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the streaming of events together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamsProperties.class)
class StreamConfiguration {

  @Bean
  EventFollower eventFollower(DataSource dataSource, StreamsProperties properties) {
    return new EventFollower(new EventLog(dataSource), properties.pollInterval());
  }

  @Bean
  EventStreams eventStreams(
      EventFollower follower,
      DataSource dataSource,
      StreamsProperties properties,
      KeyBook keys,
      MeterRegistry meters) {
    return new EventStreams(
        follower, new EventLog(dataSource), new TaskQueries(dataSource), properties, keys, meters);
  }

  @Bean
  Streaming streaming(EventFollower follower, EventStreams streams) {
    return new Streaming(follower, streams);
  }
}

package io.legwork.notifier.stream;

import io.legwork.authentication.KeyBook;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.TaskQueries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the streaming of events together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamsProperties.class)
class StreamConfiguration {

  /** Where {@code server.tomcat.connection-timeout} is not set. */
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> slimConnections() {
    return server -> server.setProtocol(SlimProtocol.class.getName());
  }

  @Bean
  EventFollower eventFollower(DataSource dataSource, StreamsProperties properties) {
    return new EventFollower(new EventLog(dataSource), properties.pollInterval());
  }

  @Bean
  ProgressFollower progressFollower(DataSource dataSource, StreamsProperties properties) {
    return new ProgressFollower(new TaskQueries(dataSource), properties.progressInterval());
  }

  @Bean
  EventStreams eventStreams(
      EventFollower follower,
      ProgressFollower progress,
      DataSource dataSource,
      StreamsProperties properties,
      TomcatServerProperties server,
      KeyBook keys,
      MeterRegistry meters) {
    return new EventStreams(
        follower,
        progress,
        new EventLog(dataSource),
        new TaskQueries(dataSource),
        properties,
        Objects.requireNonNullElse(server.getConnectionTimeout(), USUAL_PATIENCE),
        keys,
        meters);
  }

  @Bean
  Streaming streaming(EventFollower follower, ProgressFollower progress, EventStreams streams) {
    return new Streaming(follower, progress, streams);
  }
}

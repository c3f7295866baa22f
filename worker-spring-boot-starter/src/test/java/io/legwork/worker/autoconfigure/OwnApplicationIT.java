package io.legwork.worker.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.testing.TestContext;
import io.legwork.ledger.LedgerDataSource;
import io.legwork.local.ServiceArguments;
import io.legwork.local.TestInfra;
import io.legwork.worker.handlers.HandlerRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;

/** What an application has besides its handlers stays its own. */
class OwnApplicationIT {

  /** With a clock, a database and a handler behind a proxy. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnApplication {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean(defaultCandidate = false)
    DataSource orders() {
      var database = TestInfra.database();
      return DataSourceBuilder.create()
          .url(database.jdbcUrl())
          .username(database.username())
          .password(database.password())
          .build();
    }

    @Bean
    Handler<?> counting(@Qualifier("orders") DataSource orders) {
      var proxy = new ProxyFactory(new CountHandler(orders));
      proxy.setProxyTargetClass(true);
      return (Handler<?>) proxy.getProxy();
    }
  }

  /** What is counted. */
  record Question(int number) {}

  /** Asks the application's own database. */
  @Handles("count")
  static class CountHandler implements Handler<Question> {

    private final DataSource orders;

    CountHandler(DataSource orders) {
      this.orders = orders;
    }

    @Override
    public Outcome handle(Question question, TaskContext task) throws Exception {
      try (Connection connection = orders.getConnection();
          var found = connection.createStatement().executeQuery("select " + question.number())) {
        found.next();
        return Outcome.succeed(found.getInt(1));
      }
    }
  }

  @Test
  void worksWithBeansOfItsOwn() throws Exception {
    List<String> arguments =
        new ArrayList<>(ServiceArguments.of(TestInfra.database(), TestInfra.broker()));
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(OwnApplication.class).run(arguments.toArray(String[]::new))) {

      var handler = application.getBean(HandlerRegistry.class).find("count").orElseThrow();

      assertThat(
              handler.run("{\"number\":7}".getBytes(StandardCharsets.UTF_8), TestContext.first()))
          .isEqualTo(Outcome.succeed(7));
      assertThat(handler.definition().payloadSchema()).isNotNull();
      assertThat(application.getBean("orders")).isNotInstanceOf(LedgerDataSource.class);
      assertThat(application.getBean(DataSource.class)).isInstanceOf(LedgerDataSource.class);
      assertThat(application.getBeanProvider(AsyncTaskExecutor.class).getIfAvailable())
          .as("Spring Boot's own, which takes no notice of the worker's")
          .isNotNull();
    }
  }
}

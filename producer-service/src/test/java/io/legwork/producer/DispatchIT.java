package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.legwork.local.BrokerAccess;
import io.legwork.local.TestInfra;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.TaskGroup;
import io.legwork.task.TypeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many tasks travel in a message. */
class DispatchIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String QUEUE = "legwork.tasks.default.normal";

  private final BrokerAccess broker = TestInfra.broker();
  private ProducerUnderTest producer;
  private Channel channel;

  @BeforeEach
  void start() throws Exception {
    producer = ProducerUnderTest.start(TestInfra.database(), broker);
    channel = producer.bean(BrokerConnections.class).open("test").createChannel();
    producer.register(TypeDefinition.of("quick"), TypeDefinition.of("slow"));
  }

  @AfterEach
  void stop() throws Exception {
    channel.getConnection().close();
    producer.close();
  }

  @Test
  void sendsQuickTasksTogetherAndOthersAlone() throws Exception {
    runsFor("quick", Duration.ofNanos(100_000));
    runsFor("slow", Duration.ofMillis(30));
    List<Integer> sizes = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          sizes.clear();
          submit("quick", 120);
          sizes.addAll(taken(120));
          return sizes.size() < 120;
        });

    submit("slow", 30);
    submit("echo", 30);

    assertThat(sizes).containsExactly(50, 50, 20);
    assertThat(taken(60)).hasSize(60).containsOnly(1);
  }

  private void runsFor(String type, Duration time) {
    JdbcClient.create(producer.bean(DataSource.class))
        .sql("update task_type set run_micros = ? where name = ?")
        .param(time.toNanos() / 1000)
        .param(type)
        .update();
  }

  private void submit(String type, int count) {
    String task = "{'type':'%s','payload':1}".formatted(type);
    String tasks = String.join(",", Collections.nCopies(count, task));
    assertThat(producer.post("/v1/tasks/batch", "{'tasks':[" + tasks + "]}").status())
        .isEqualTo(200);
  }

  /**
   * Takes that many tasks out of the queue, and out of the ledger, where they would be missed;
   * tells how many each message had.
   */
  private List<Integer> taken(int tasks) throws Exception {
    List<Integer> sizes = new ArrayList<>();
    int left = tasks;
    while (left > 0) {
      GetResponse message =
          await()
              .atMost(SOON)
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(5))
              .until(() -> channel.basicGet(QUEUE, true), Objects::nonNull);
      sizes.add(TaskGroup.decode(message.getBody()).tasks().size());
      left -= sizes.getLast();
    }
    JdbcClient.create(producer.bean(DataSource.class)).sql("delete from task").update();
    return sizes;
  }
}

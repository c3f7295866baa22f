package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.legwork.ledger.ClaimedTask;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a handler logs, as the images write it. */
class TaskLoggerTest {

  private static final TaskId TASK = new TaskId(UUID.randomUUID());

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final StructuredLogEncoder encoder = new StructuredLogEncoder();

  @BeforeEach
  void listen() {
    context.putObject(Environment.class.getName(), new StandardEnvironment());
    encoder.setContext(context);
    encoder.setFormat("ecs");
    encoder.start();
    lines.start();
    context.getLogger("task.report.render").addAppender(lines);
  }

  @AfterEach
  void stop() {
    context.getLogger("task.report.render").detachAppender(lines);
  }

  @Test
  void tellsTheTaskInFieldsAndNothingOfItsPayload() {
    logger("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .log(Level.WARNING, "page {0} is empty", 7);

    JsonNode line = line();
    assertThat(line.path("message").asString()).isEqualTo("page 7 is empty");
    assertThat(line.path("log").path("level").asString()).isEqualTo("WARN");
    assertThat(line.path("task").asString()).isEqualTo(TASK.toString());
    assertThat(line.path("attempt").asInt()).isEqualTo(2);
    assertThat(line.path("type").asString()).isEqualTo("report.render");
    assertThat(line.path("tenant").asString()).isEqualTo("acme");
    assertThat(line.path("trace").path("id").asString())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.toString()).doesNotContain("confidential");
  }

  @Test
  void leavesOutATraceThatThereIsNot() {
    logger(null).log(Level.INFO, "begun");

    assertThat(line().has("trace")).isFalse();
  }

  private JsonNode line() {
    assertThat(lines.list).hasSize(1);
    return JsonMapper.shared().readTree(encoder.encode(lines.list.getFirst()));
  }

  private static TaskLogger logger(@Nullable String traceparent) {
    return new TaskLogger(
        new ClaimedTask(
            TASK,
            "acme",
            "report.render",
            "default",
            Priority.NORMAL,
            2,
            2,
            3,
            Duration.ofMinutes(1),
            RetryPolicy.DEFAULT,
            KeptJson.plain(Json.of("\"confidential\"")),
            traceparent,
            Instant.now(),
            Instant.now(),
            null));
  }
}

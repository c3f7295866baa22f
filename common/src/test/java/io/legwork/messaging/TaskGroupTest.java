package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGroupTest {

  private static final String ID = "01990000-0000-7000-8000-000000000001";
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void comesBackAsItWasSent() throws Exception {
    TaskGroup group = new TaskGroup(List.of(task(1, null), task(2, TRACE), task(3, null)));

    assertThat(TaskGroup.decode(group.encode())).isEqualTo(group);
  }

  @Test
  void isAPlainTaskMessageForOne() throws Exception {
    TaskGroup one = new TaskGroup(List.of(task(1, TRACE)));

    assertThat(one.encode()).isEqualTo(task(1, TRACE).encode());
    assertThat(one.toMessage("default", Priority.HIGH).type()).isEqualTo(TaskMessage.FORMAT);
    assertThat(TaskGroup.decode(one.encode())).isEqualTo(one);
  }

  @Test
  void isSmallHoweverManyThereAre() {
    TaskGroup full =
        new TaskGroup(IntStream.range(0, TaskGroup.MOST).mapToObj(n -> task(n, TRACE)).toList());

    OutgoingMessage message = full.toMessage("default", Priority.NORMAL);

    assertThat(message.body().bytes()).hasSizeLessThan(6_000);
    assertThat(message.type()).isEqualTo(TaskGroup.FORMAT);
    assertThat(message.routingKey()).isEqualTo("legwork.tasks.default.normal");
  }

  @Test
  void hasTasksOfOneTypeAndTenantOnly() {
    TaskMessage other = new TaskMessage(new TaskId(UUID.randomUUID()), "default", "x", 0, null);

    assertThatThrownBy(() -> new TaskGroup(List.of(task(1, null), other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TaskGroup(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ID,
        ID + "/",
        ID + "/x",
        ID + "/-1",
        ID + "/99999999999",
        ID + "/1/trace/more",
        "not-an-id/1",
        ID + "/1  " + ID + "/1",
        ID + "/1 "
      })
  void refusesWhatIsNoListOfTasks(String tasks) {
    byte[] body =
        "{\"v\":1,\"tenant\":\"default\",\"type\":\"noop\",\"tasks\":\"%s\"}"
            .formatted(tasks)
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> TaskGroup.decode(body)).isInstanceOf(UnreadableMessageException.class);
  }

  @Test
  void refusesMoreTasksThanThereMayBe() {
    String tasks = (ID + "/1 ").repeat(TaskGroup.MOST) + ID + "/1";
    byte[] body =
        "{\"v\":1,\"tenant\":\"default\",\"type\":\"noop\",\"tasks\":\"%s\"}"
            .formatted(tasks)
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> TaskGroup.decode(body))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageContaining("more than");
  }

  private static TaskMessage task(int n, @Nullable String trace) {
    return new TaskMessage(new TaskId(new UUID(n, n)), "default", "bench.noop", n, trace);
  }
}

package io.legwork.messaging;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tasks of one message: one, or several quick ones of the same type and tenant, because a
 * message costs the broker the same whatever it refers to.
 *
 * @param tasks at least one, at most {@link #MOST}
 */
public record TaskGroup(List<TaskMessage> tasks) {

  /** The versioned name of the format of several; one alone has its own. */
  public static final String FORMAT = "legwork.tasks.v1";

  /** How many tasks a message refers to at most. */
  public static final int MOST = 50;

  private static final int VERSION = 1;
  private static final String BETWEEN_TASKS = " ";
  private static final String BETWEEN_PARTS = "/";
  private static final Pattern ATTEMPT = Pattern.compile("[0-9]{1,9}");

  /**
   * Takes a copy.
   *
   * @throws IllegalArgumentException if these cannot travel together
   */
  public TaskGroup {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty() || tasks.size() > MOST) {
      throw new IllegalArgumentException("not from 1 to " + MOST + " tasks: " + tasks.size());
    }
    TaskMessage first = tasks.getFirst();
    for (TaskMessage task : tasks) {
      if (!task.tenant().equals(first.tenant()) || !task.type().equals(first.type())) {
        throw new IllegalArgumentException("not of one type and tenant: " + first + ", " + task);
      }
    }
  }

  /** The wire form. */
  public byte[] encode() {
    TaskMessage first = tasks.getFirst();
    return tasks.size() == 1
        ? first.encode()
        : FlatJson.write(
            VERSION,
            json -> {
              json.writeStringProperty("tenant", first.tenant());
              json.writeStringProperty("type", first.type());
              json.writeStringProperty(
                  "tasks",
                  tasks.stream().map(TaskGroup::text).collect(Collectors.joining(BETWEEN_TASKS)));
            });
  }

  private static String text(TaskMessage task) {
    String text = task.task() + BETWEEN_PARTS + task.attempt();
    return task.traceparent() == null ? text : text + BETWEEN_PARTS + task.traceparent();
  }

  /**
   * Reads the wire form of one task or several.
   *
   * @throws UnreadableMessageException if it is neither, whatever it is
   */
  public static TaskGroup decode(byte[] body) throws UnreadableMessageException {
    FlatJson json = FlatJson.read(body, VERSION);
    String texts = json.optionalText("tasks");
    if (texts == null) {
      return new TaskGroup(List.of(TaskMessage.decode(json)));
    }
    List<String> parts = List.of(texts.split(BETWEEN_TASKS, MOST + 1));
    if (parts.size() > MOST) {
      throw new UnreadableMessageException("it refers to more than " + MOST + " tasks");
    }
    String tenant = json.text("tenant");
    String type = json.text("type");
    List<TaskMessage> tasks = new ArrayList<>(parts.size());
    for (String part : parts) {
      tasks.add(task(part, tenant, type));
    }
    return new TaskGroup(tasks);
  }

  private static TaskMessage task(String text, String tenant, String type)
      throws UnreadableMessageException {
    String[] parts = text.split(BETWEEN_PARTS, 4);
    var id = TaskId.parse(parts[0]);
    if (id.isEmpty() || parts.length < 2 || parts.length > 3) {
      throw new UnreadableMessageException("the field tasks is not a list of tasks");
    }
    return new TaskMessage(
        id.get(), tenant, type, attempt(parts[1]), parts.length == 3 ? parts[2] : null);
  }

  private static int attempt(String text) throws UnreadableMessageException {
    if (!ATTEMPT.matcher(text).matches()) {
      throw new UnreadableMessageException("the field tasks names an attempt that is no number");
    }
    return Integer.parseInt(text);
  }

  /** The message to publish so that a worker of the queue gets the tasks. */
  public OutgoingMessage toMessage(String queue, Priority priority) {
    TaskMessage first = tasks.getFirst();
    String id = first.task() + "." + first.attempt();
    boolean alone = tasks.size() == 1;
    return new OutgoingMessage(
        Topology.EXCHANGE_TASKS,
        Topology.taskQueue(queue, priority),
        alone ? id : id + "+" + (tasks.size() - 1),
        alone ? TaskMessage.FORMAT : FORMAT,
        alone && first.traceparent() != null
            ? Map.of("traceparent", first.traceparent())
            : Map.of(),
        MessageBody.json(encode()));
  }
}

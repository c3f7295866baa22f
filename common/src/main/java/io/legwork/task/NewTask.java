package io.legwork.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was asked for and found valid.
 *
 * @param id chosen by the service that accepts it
 * @param payload the payload, any JSON
 * @param deadline the latest start, or null for none
 * @param timeout how long one attempt may take
 * @param tags labels to find the task by
 * @param metadata free text of the submitter, given back with the task
 * @param callback where to announce the end, or null
 * @param traceparent the submitter's W3C trace context, or null
 */
public record NewTask(
    TaskId id,
    String tenant,
    String type,
    String queue,
    Priority priority,
    Json payload,
    Start start,
    @Nullable Instant deadline,
    Duration timeout,
    int maxAttempts,
    RetryPolicy retry,
    List<String> tags,
    Map<String, String> metadata,
    @Nullable Callback callback,
    @Nullable String traceparent) {

  /** The tenant of a system that has none configured. */
  public static final String DEFAULT_TENANT = "default";

  /** Takes copies, so that a task cannot change after it was validated. */
  public NewTask {
    tags = List.copyOf(tags);
    metadata = Map.copyOf(metadata);
  }
}

package io.legwork.events;

import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record TaskEvent(
    long sequence,
    UUID id,
    EventKind kind,
    String tenant,
    TaskId task,
    String taskType,
    String queue,
    int number,
    int attempt,
    Instant at,
    boolean callback,
    @Nullable String reason) {}

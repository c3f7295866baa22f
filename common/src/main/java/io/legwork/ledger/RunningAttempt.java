package io.legwork.ledger;

import io.legwork.task.TaskId;

/**
 * One attempt of a task that a worker runs.
 *
 * @param attempt the number of the attempt: the fencing token
 */
public record RunningAttempt(TaskId task, int attempt) {}

package io.legwork.ledger;

import io.legwork.task.TaskId;

/**
 * What a message asks for: the next attempt of a task.
 *
 * @param attempt the number of the latest attempt when the task was dispatched; a task that has
 *     moved on since is not claimed by the old message
 */
public record ClaimRequest(TaskId task, int attempt) {}

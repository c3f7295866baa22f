package io.legwork.chaos.load;

import io.legwork.chaos.history.Order;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task that is going to be submitted.
 *
 * @param json what is sent
 */
record PlannedTask(Order order, ObjectNode json) {}

package io.legwork.ledger;

import io.legwork.task.TypeDefinition;

/**
 * A task type as people ask for it.
 *
 * @param workers how many live workers handle it
 */
public record TypeView(TypeDefinition definition, int workers) {}

package io.legwork.ledger;

import java.util.UUID;

/**
 * What an operator or an admin asked for.
 *
 * @param id of the action
 * @param tenant of who asked
 * @param key that proved who asked
 * @param name what people call the key
 * @param operation as the API description has it: {@code POST /v1/tasks/{id}/cancel}
 * @param target the path and the query as they came
 * @param source the address the request came from
 */
public record AuditedAction(
    UUID id,
    String tenant,
    UUID key,
    String name,
    String operation,
    String target,
    String source) {}

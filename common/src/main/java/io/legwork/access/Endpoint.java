package io.legwork.access;

import org.jspecify.annotations.Nullable;

/**
 * What an operation of the API asks of its caller.
 *
 * @param method of HTTP; GET stands for HEAD as well
 * @param path as OpenAPI writes it
 * @param role what the caller must have; null if anybody may call it
 * @param scoped whether it keeps to a caller's scope; if not, callers with a limited one are
 *     refused
 */
public record Endpoint(String method, String path, @Nullable Role role, boolean scoped) {

  /** The method and the path, as in {@code GET /v1/tasks}. */
  public String operation() {
    return method + ' ' + path;
  }
}

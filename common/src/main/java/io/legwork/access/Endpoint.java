package io.legwork.access;

import org.jspecify.annotations.Nullable;

/**
 * What an operation of the API asks of its caller.
 *
 * @param method of HTTP; GET stands for HEAD as well
 * @param path as OpenAPI writes it
 * @param role what the caller must have; null if anybody may call it
 * @param reach how much it is about
 */
public record Endpoint(String method, String path, @Nullable Role role, Reach reach) {

  /** The method and the path, as in {@code GET /v1/tasks}. */
  public String operation() {
    return method + ' ' + path;
  }
}

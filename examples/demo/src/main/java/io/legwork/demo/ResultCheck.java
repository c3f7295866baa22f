package io.legwork.demo;

import tools.jackson.databind.JsonNode;

/** Judges the result of a task. */
interface ResultCheck {

  /**
   * Looks at a result.
   *
   * @return a line about it for the report; empty for none
   * @throws WrongResultException if it is not what it should be
   */
  String check(JsonNode result);

  /** Expects the answer of an HTTP request to have status 200. */
  static ResultCheck answered200() {
    return result -> {
      int status = result.path("status").asInt(0);
      if (status != 200) {
        throw new WrongResultException("the result's status is " + status + ", not 200");
      }
      return "";
    };
  }
}

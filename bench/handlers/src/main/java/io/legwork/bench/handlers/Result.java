package io.legwork.bench.handlers;

/** A result of exactly 64 bytes of JSON. */
record Result(String body) {

  private static final int SIZE = 64;
  private static final int BRACES = "{\"body\":\"\"}".length();

  /** The same for every task. */
  static final Result OF_64_BYTES = new Result("r".repeat(SIZE - BRACES));
}

package io.legwork.producer.operation;

/**
 * What a redrive by filter has done.
 *
 * @param redriven how many tasks were started anew
 * @param more whether more tasks may match: ask again
 */
record Redriven(int redriven, boolean more) {}

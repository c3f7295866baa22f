package io.legwork.batching;

/**
 * What a batcher is made of, and its bounds.
 *
 * @param name names its threads and its metrics
 * @param kind what its lanes run on
 * @param lanes how many batches may be under way at the same time, positive
 * @param batchSize how many items one batch gathers, positive
 * @param capacity how many items may wait, at least the batch size
 */
public record BatcherSettings(String name, LaneKind kind, int lanes, int batchSize, int capacity) {

  /** Refuses bounds that make no sense. */
  public BatcherSettings {
    if (lanes < 1 || batchSize < 1 || capacity < batchSize) {
      throw new IllegalArgumentException(
          "lanes and batchSize must be positive and capacity at least batchSize: %d, %d, %d"
              .formatted(lanes, batchSize, capacity));
    }
  }
}

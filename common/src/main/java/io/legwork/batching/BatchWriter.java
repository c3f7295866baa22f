package io.legwork.batching;

import java.util.List;

/**
 * Writes a batch, all of it or nothing.
 *
 * @param <I> what is written
 * @param <O> what is answered for each item
 */
@FunctionalInterface
public interface BatchWriter<I, O> {

  /**
   * Writes the items.
   *
   * @return one answer for each item, in the order of the items
   */
  List<O> write(List<I> items);
}

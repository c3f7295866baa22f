package io.legwork.notifier.intake;

import com.rabbitmq.client.Delivery;
import io.legwork.events.TaskEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were handled and are not acknowledged yet, because it has to be checked first
 * whether somebody has subscribed to their events meanwhile. That is done now and then for many of
 * them, and not with every batch. For one thread.
 */
final class Unsettled {

  /** How late an event can be for a subscription that is as new as the event. */
  private static final Duration LONGEST = Duration.ofMillis(200);

  private final List<TaskEvent> events = new ArrayList<>();
  private final int most;
  private final LongSupplier nanoTime;
  private @Nullable Delivery latest;
  private int size;
  private long since;

  /**
   * @param most how many messages may wait; fewer than the broker sends without acknowledgements
   */
  Unsettled(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * Adds a batch.
   *
   * @param others the events of it that concern nobody, as far as is known
   */
  void add(List<Delivery> batch, List<TaskEvent> others) {
    if (events.isEmpty()) {
      since = nanoTime.getAsLong();
    }
    events.addAll(others);
    size += batch.size();
    latest = batch.getLast();
  }

  /** Whether it is time to check. Where all events were of concern there is nothing to wait for. */
  boolean isDue() {
    return latest != null
        && (events.isEmpty() || size >= most || nanoTime.getAsLong() - since >= LONGEST.toNanos());
  }

  /** What has to be checked. */
  List<TaskEvent> events() {
    return List.copyOf(events);
  }

  /** How many messages there are. */
  int size() {
    return size;
  }

  /** The latest message: with it all are acknowledged. */
  Delivery latest() {
    return Objects.requireNonNull(latest);
  }

  void clear() {
    events.clear();
    latest = null;
    size = 0;
  }
}

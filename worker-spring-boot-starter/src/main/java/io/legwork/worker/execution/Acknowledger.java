package io.legwork.worker.execution;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the deliveries of one channel, from one thread, because a channel is not to be shared.
 * Acks that have gathered are sent together: the contiguous finished prefix as one multiple ack,
 * the rest one by one, so that a slow task never delays its neighbours and is never covered by
 * their ack.
 *
 * <p>A channel that is closed has returned its deliveries to the queue already; what is settled
 * afterwards is dropped.
 */
final class Acknowledger {

  private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

  private final Channel channel;
  private final LinkedBlockingQueue<Settlement> settlements = new LinkedBlockingQueue<>();
  private final TreeSet<Long> acknowledgedAhead = new TreeSet<>();
  private final Thread thread;
  private final AtomicLong settled = new AtomicLong();
  private long acknowledgedThrough;

  /** What is to be done with a delivery. */
  private record Settlement(long tag, boolean acknowledged) {}

  Acknowledger(Channel channel, String name) {
    this.channel = channel;
    this.thread = Thread.ofVirtual().name("ack-" + name).start(this::run);
  }

  /** The delivery is done with: its outcome is committed, or there was nothing to do. */
  void acknowledge(long tag) {
    settled.incrementAndGet();
    settlements.add(new Settlement(tag, true));
  }

  /**
   * The delivery was not begun and goes back to its queue. By {@code basic.nack}, which from
   * RabbitMQ 4.3 on does not count as a failed delivery.
   */
  void giveBack(long tag) {
    settled.incrementAndGet();
    settlements.add(new Settlement(tag, false));
  }

  /** How many deliveries have been settled, or will be in a moment. */
  long settled() {
    return settled.get();
  }

  /** Settles what is waiting, then ends. */
  void close() {
    settlements.add(new Settlement(0, false));
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      boolean open = true;
      while (open) {
        List<Settlement> batch = new ArrayList<>();
        batch.add(settlements.take());
        settlements.drainTo(batch);
        open = batch.stream().noneMatch(settlement -> settlement.tag() == 0);
        settle(batch);
      }
    } catch (IOException | AlreadyClosedException gone) {
      LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("acknowledgements.dropped");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(List<Settlement> batch) throws IOException {
    List<Long> acks = new ArrayList<>();
    for (Settlement settlement : batch) {
      if (settlement.acknowledged()) {
        acks.add(settlement.tag());
      } else if (settlement.tag() != 0) {
        channel.basicNack(settlement.tag(), false, true);
        acknowledgedAhead.add(settlement.tag());
      }
    }
    acknowledge(acks);
  }

  private void acknowledge(List<Long> tags) throws IOException {
    acknowledgedAhead.addAll(tags);
    long through = acknowledgedThrough;
    while (acknowledgedAhead.remove(through + 1)) {
      through++;
    }
    long prefixEnd = through;
    List<Long> prefix = tags.stream().filter(tag -> tag <= prefixEnd).sorted().toList();
    if (!prefix.isEmpty()) {
      channel.basicAck(prefix.getLast(), true);
    }
    for (long tag : tags) {
      if (tag > prefixEnd) {
        channel.basicAck(tag, false);
      }
    }
    acknowledgedThrough = through;
  }
}

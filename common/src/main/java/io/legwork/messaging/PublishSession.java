package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one channel in confirm mode, from opening to breaking. It is used by the
 * publishing thread; the broker's answers arrive on the connection's reading thread.
 *
 * <p>Every message sent is in {@code unconfirmed} until exactly one side takes it out: the answer
 * that settles it, its timeout, or {@link #end}.
 */
final class PublishSession {

  private static final int ABORT_MILLIS = 2_000;

  /** Where the session reports to; called on the reading thread, so it must not block. */
  interface Listener {
    /** The broker has taken responsibility for the message. */
    void confirmed(Pending pending);

    /** The broker has refused the message. */
    void nacked(Pending pending);

    /** The message had no queue to go to. */
    void returned(Pending pending);

    /** The session broke, was blocked or unblocked, or got room in its window. */
    void changed();
  }

  private final Connection connection;
  private final Channel channel;
  private final int window;
  private final Listener listener;
  private final ConcurrentNavigableMap<Long, Pending> unconfirmed = new ConcurrentSkipListMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean awaited;
  private volatile boolean blocked;
  private volatile boolean answered;
  private volatile long lastAnswer = System.nanoTime();
  private volatile long lastUnblocked = System.nanoTime();
  private volatile boolean missedSomething;
  private volatile @Nullable String breakage;

  private PublishSession(Connection connection, Channel channel, int window, Listener listener) {
    this.connection = connection;
    this.channel = channel;
    this.window = window;
    this.listener = listener;
  }

  /** Opens a connection and a channel. */
  static PublishSession open(BrokerConnections connections, int window, Listener listener)
      throws IOException, TimeoutException {
    Connection connection = connections.open("publisher");
    try {
      BrokerRequirements.check(connection.getServerProperties());
      var session = new PublishSession(connection, connection.createChannel(), window, listener);
      session.listen();
      return session;
    } catch (IOException | RuntimeException failed) {
      connection.abort(ABORT_MILLIS);
      throw failed;
    }
  }

  private void listen() throws IOException {
    connection.addBlockedListener(reason -> blocked(true), () -> blocked(false));
    connection.addShutdownListener(this::broken);
    channel.addShutdownListener(this::broken);
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(
        (tag, multiple) -> answered(tag, multiple, true),
        (tag, multiple) -> answered(tag, multiple, false));
    channel.confirmSelect();
  }

  /** Declares the topology on a channel of its own, which a refusal may cost. */
  void declare(Topology topology) throws IOException {
    Channel declaring = connection.createChannel();
    try {
      topology.declare(declaring);
    } finally {
      declaring.abort();
    }
  }

  /**
   * Sends a message. If this throws, the session is of no more use; what it has in flight, this
   * message included, is given back by {@link #end}.
   */
  void send(Pending pending) throws IOException {
    OutgoingMessage message = pending.message();
    pending.sending(System.nanoTime());
    unconfirmed.put(channel.getNextPublishSeqNo(), pending);
    inFlight.incrementAndGet();
    channel.basicPublish(
        message.exchange(),
        message.routingKey(),
        Topology.needsQueue(message.exchange()),
        pending.properties(),
        message.body().bytes());
  }

  /** Whether another message may be sent now; if not, the listener is told when it may. */
  boolean hasRoom() {
    awaited = false;
    if (!blocked && inFlight.get() < window) {
      return true;
    }
    awaited = true;
    return !blocked && inFlight.get() < window;
  }

  boolean isOpen() {
    return breakage == null;
  }

  boolean isBlocked() {
    return blocked;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Why the session broke, or null while it works. */
  @Nullable String breakage() {
    return breakage;
  }

  /** Whether it broke because a queue or an exchange was not there, or was just being deleted. */
  boolean missedSomething() {
    return missedSomething;
  }

  /** Whether the broker has ever confirmed or refused anything here. */
  boolean hasAnswered() {
    return answered;
  }

  /** Whether the broker has answered for nothing within the time. */
  boolean isSilent(long now, long timeout) {
    return now - lastAnswer > timeout;
  }

  /** Takes out the messages that were not answered for in time; a blocked broker has all time. */
  List<Pending> overdue(long now, long timeout) {
    List<Pending> overdue = new ArrayList<>();
    for (Map.Entry<Long, Pending> first = unconfirmed.firstEntry();
        first != null && isOverdue(first.getValue(), now, timeout);
        first = unconfirmed.firstEntry()) {
      if (unconfirmed.remove(first.getKey(), first.getValue())) {
        inFlight.decrementAndGet();
        overdue.add(first.getValue());
      }
    }
    return overdue;
  }

  private boolean isOverdue(Pending pending, long now, long timeout) {
    return !blocked && now - lastUnblocked > timeout && now - pending.sentAt() > timeout;
  }

  /** Gives back what is unconfirmed, in order; answers that still arrive change nothing. */
  List<Pending> end() {
    List<Pending> interrupted = new ArrayList<>();
    for (Map.Entry<Long, Pending> first = unconfirmed.pollFirstEntry();
        first != null;
        first = unconfirmed.pollFirstEntry()) {
      inFlight.decrementAndGet();
      interrupted.add(first.getValue());
    }
    return interrupted;
  }

  /** Closes the connection, on a thread of its own because a stuck socket may hold it up. */
  void close() {
    abort();
  }

  /** Closes the connection and waits for it, though not for a stuck socket. */
  void closeAndWait() {
    try {
      abort().join(Duration.ofMillis(ABORT_MILLIS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread abort() {
    return Thread.ofVirtual()
        .name("legwork-publisher-close")
        .start(() -> connection.abort(ABORT_MILLIS));
  }

  private void answered(long tag, boolean multiple, boolean ack) {
    answered = true;
    lastAnswer = System.nanoTime();
    if (multiple) {
      var covered = unconfirmed.headMap(tag, true);
      for (Map.Entry<Long, Pending> first = covered.pollFirstEntry();
          first != null;
          first = covered.pollFirstEntry()) {
        settle(first.getValue(), ack);
      }
    } else {
      Pending pending = unconfirmed.remove(tag);
      if (pending != null) {
        settle(pending, ack);
      }
    }
    if (awaited && inFlight.get() <= window / 2) {
      listener.changed();
    }
  }

  private void settle(Pending pending, boolean ack) {
    inFlight.decrementAndGet();
    if (!ack) {
      listener.nacked(pending);
    } else if (pending.isReturned()) {
      listener.returned(pending);
    } else {
      listener.confirmed(pending);
    }
  }

  /**
   * Marks the message that came back. The broker names no delivery tag, but it returns in the order
   * of sending and before it confirms, so the first match is the one.
   */
  private void returned(Return back) {
    String messageId = back.getProperties().getMessageId();
    unconfirmed.values().stream()
        .filter(pending -> !pending.isReturned())
        .filter(pending -> pending.matches(back.getExchange(), back.getRoutingKey(), messageId))
        .findFirst()
        .ifPresent(Pending::markReturned);
  }

  private void blocked(boolean now) {
    lastUnblocked = System.nanoTime();
    blocked = now;
    listener.changed();
  }

  private void broken(ShutdownSignalException signal) {
    int code =
        switch (signal.getReason()) {
          case AMQP.Channel.Close close -> close.getReplyCode();
          case AMQP.Connection.Close close -> close.getReplyCode();
          case null, default -> 0;
        };
    missedSomething |= code == AMQP.NOT_FOUND || code == AMQP.INTERNAL_ERROR;
    breakage = Connecting.describe(signal);
    listener.changed();
  }
}

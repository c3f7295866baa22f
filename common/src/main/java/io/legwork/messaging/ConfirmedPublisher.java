package io.legwork.messaging;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes at least once. A message counts as published when the broker has confirmed it and has
 * not returned it; whatever else happens (refusal, return, silence, a broken channel or connection)
 * leaves its fate unknown, and it is published again with the same message id until it succeeds or
 * the publisher is closed.
 *
 * <p>One thread owns the connection, which is for publishing only: a broker in need blocks
 * publishing connections, and consumers must go on. It reconnects for as long as it takes, and
 * declares the topology after each connect and after each returned message. Messages leave in the
 * order they were given; one that is published again may arrive after later ones.
 *
 * <p>The client writes each message to the socket at once (one system call per message, no Nagle),
 * so a batch costs no waiting and the window alone decides the throughput.
 */
public final class ConfirmedPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
  private static final long LONGEST_NAP = Duration.ofMillis(100).toNanos();

  /** After how many of the longest waits a channel that refuses is given up. */
  private static final int RENEWAL = 4;

  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final BrokerConnections connections;
  private final PublisherSettings settings;
  private final Backoff backoff;
  private final Backlog backlog;
  private final Declarations declarations;
  private final Answers answers;
  private final Connecting connecting = new Connecting();
  private final Bell bell = new Bell();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable PublishSession session;
  private volatile boolean closing;
  private volatile boolean stopped;
  private volatile long closeAt;
  private int failedConnects;
  private long connectAt = System.nanoTime();

  private ConfirmedPublisher(
      BrokerConnections connections, Topology topology, PublisherSettings settings) {
    this.connections = connections;
    this.settings = settings;
    this.backlog = new Backlog(settings.capacity());
    this.declarations = new Declarations(topology, settings.firstBackoff());
    Duration patience = settings.longestBackoff().multipliedBy(RENEWAL);
    this.answers = new Answers(backlog, declarations, patience, bell::ring);
    this.backoff =
        new Backoff(settings.firstBackoff(), settings.longestBackoff(), new SplittableRandom());
  }

  /** Starts a publisher with the default bounds; it connects in the background. */
  public static ConfirmedPublisher start(BrokerConnections connections, Topology topology) {
    return start(connections, topology, PublisherSettings.DEFAULT);
  }

  /** Starts a publisher; it connects in the background. */
  public static ConfirmedPublisher start(
      BrokerConnections connections, Topology topology, PublisherSettings settings) {
    var publisher = new ConfirmedPublisher(connections, topology, settings);
    Thread.ofPlatform().daemon().name("legwork-publisher").start(publisher::run);
    return publisher;
  }

  /**
   * Takes a message and never blocks.
   *
   * @return completes when the broker is responsible for the message; fails with {@link
   *     PublisherFullException} if it was not taken, or {@link PublisherClosedException} if the
   *     publisher was closed first. Actions attached to it run on the connection's reading thread,
   *     so they must be short and must not block.
   */
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    if (closing) {
      return CompletableFuture.failedFuture(new PublisherClosedException());
    }
    var pending = new Pending(message);
    if (!backlog.offer(pending)) {
      return CompletableFuture.failedFuture(new PublisherFullException(settings.capacity()));
    }
    bell.ring();
    if (stopped) {
      backlog.refuseNew();
    }
    return pending.outcome();
  }

  /** Whether another message would be taken now. */
  public boolean hasRoom() {
    return backlog.held() < settings.capacity();
  }

  /** How it is doing; cheap enough to ask often. */
  public PublisherStatus status() {
    PublishSession current = session;
    int unconfirmed = current == null ? 0 : current.inFlight();
    return answers.status(
        current != null && current.isOpen(),
        current != null && current.isBlocked(),
        Math.max(0, backlog.held() - unconfirmed),
        unconfirmed,
        connecting.problem());
  }

  /** Whether it can publish, and if not, what for it is waiting. */
  public PublisherCondition condition() {
    return connecting.condition(session);
  }

  /** Waits until the first attempt to connect has succeeded or failed, but not forever. */
  public void awaitFirstAnswer(Duration patience) throws InterruptedException {
    connecting.awaitAttempt(patience);
  }

  /** Closes within some seconds. */
  @Override
  public void close() {
    close(CLOSE);
  }

  /**
   * Takes no more messages, publishes what it has as far as the time allows, and closes. Futures
   * that are not complete by then fail with {@link PublisherClosedException}.
   */
  public void close(Duration time) {
    closeAt = System.nanoTime() + time.toNanos();
    closing = true;
    bell.ring();
    try {
      if (!ended.await(time.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.atWarn().log("publisher.stuck");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isFinished()) {
        turn();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      finish();
    }
  }

  private boolean isFinished() {
    return closing && (backlog.held() == 0 || System.nanoTime() - closeAt >= 0);
  }

  private void turn() throws InterruptedException {
    try {
      work();
    } catch (IOException | TimeoutException | RuntimeException failed) {
      disconnected(failed);
    }
    bell.await(nap(System.nanoTime()));
  }

  /** One round: whatever is due is done, nothing is waited for but the broker's own replies. */
  private void work() throws IOException, TimeoutException {
    long now = System.nanoTime();
    for (Pending failed : answers.takeFailed()) {
      retry(failed, now);
    }
    PublishSession current = session;
    if (current != null && !current.isOpen()) {
      throw new IOException(current.breakage());
    }
    if (current == null) {
      if (now - connectAt < 0) {
        return;
      }
      current = connect();
    }
    if (declarations.isDue(now)) {
      connecting.connected(declarations.declare(current));
    }
    expire(current, now);
    if (!answers.isRefusedForLong()) {
      sendWhatIsDue(current);
    } else if (current.inFlight() == 0) {
      renew(current);
    }
  }

  /**
   * Takes a new channel because on this one messages are refused again and again. A quorum queue
   * that was full tells each channel when it has room again, but not if it got the room by losing
   * its limit: channels from before then refuse for ever.
   */
  private void renew(PublishSession refusing) {
    session = null;
    backlog.interrupted(refusing.end());
    refusing.close();
    LOG.atInfo().log("publisher.renewed");
  }

  private PublishSession connect() throws IOException, TimeoutException {
    var opened = PublishSession.open(connections, settings.window(), answers);
    session = opened;
    answers.renewed();
    connecting.connected(declarations.declare(opened));
    LOG.atInfo().log("publisher.connected");
    return opened;
  }

  private void expire(PublishSession current, long now) throws IOException {
    long timeout = settings.confirmTimeout().toNanos();
    List<Pending> overdue = current.overdue(now, timeout);
    for (Pending late : overdue) {
      answers.timedOut();
      retry(late, now);
    }
    if (!overdue.isEmpty() && current.isSilent(now, timeout)) {
      throw new IOException("the broker has confirmed nothing for " + settings.confirmTimeout());
    }
  }

  private void retry(Pending pending, long now) {
    backlog.retryAt(pending, now + backoff.nanos(pending.failed()));
  }

  private void sendWhatIsDue(PublishSession current) throws IOException {
    while (current.isOpen() && current.hasRoom()) {
      Pending next = backlog.next(System.nanoTime());
      if (next == null) {
        return;
      }
      if (next.isRepeated()) {
        answers.republished();
      }
      current.send(next);
    }
  }

  private void disconnected(Exception failure) {
    PublishSession broken = session;
    session = null;
    failedConnects = broken != null && broken.hasAnswered() ? 1 : failedConnects + 1;
    if (broken != null) {
      List<Pending> interrupted = broken.end();
      interrupted.forEach(Pending::failed);
      backlog.interrupted(interrupted);
      broken.close();
    }
    long settling = broken != null && broken.missedSomething() ? Declarations.SETTLING : 0;
    connectAt = System.nanoTime() + Math.max(settling, backoff.nanos(failedConnects));
    LOG.atLevel(connecting.failed(failure) ? Level.WARN : Level.DEBUG)
        .addKeyValue("reason", connecting.problem())
        .addKeyValue("held", backlog.held())
        .log("publisher.disconnected: it goes on trying");
  }

  private long nap(long now) {
    long limit = closing ? Math.clamp(closeAt - now, 0, LONGEST_NAP) : LONGEST_NAP;
    PublishSession current = session;
    if (current == null) {
      return Math.clamp(connectAt - now, 0, limit);
    }
    boolean maySend = current.isOpen() && current.hasRoom() && !answers.isRefusedForLong();
    return maySend ? backlog.nanosUntilDue(now, limit) : limit;
  }

  private void finish() {
    stopped = true;
    PublishSession last = session;
    session = null;
    if (last != null) {
      backlog.interrupted(last.end());
    }
    backlog.interrupted(answers.takeFailed());
    backlog.refuseAll();
    if (last != null) {
      last.closeAndWait();
    }
    ended.countDown();
  }
}

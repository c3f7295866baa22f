package io.legwork.chaos.load;

import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Completion.Outcome;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Invocation.Kind;
import io.legwork.local.service.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Submits tasks at a rate that does not depend on how the system fares (open loop), and follows
 * them up: a submission without a known outcome is sent again with the same key, some are sent
 * again although they were answered, some tasks are looked at, some cancelled.
 */
public final class Load implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration CLOSING = Duration.ofSeconds(15);
  private static final int BATCH = 20;

  /** Enough for a minute and a half in which nothing is accepted, at 200 tasks per second. */
  private static final int MOST_AT_ONCE = 20_000;

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int LOOKS = 4;
  private static final int SETTLING_AT_ONCE = 16;

  private final Api api;
  private final Submissions submissions;
  private final Reader reader;
  private final Orders orders;
  private final Mix mix;
  private final double rate;
  private final RandomGenerator.SplittableGenerator chance;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final ConcurrentLinkedQueue<Unsettled> unsettled = new ConcurrentLinkedQueue<>();
  private final AtomicLong skipped = new AtomicLong();
  private final Thread pacer = Thread.ofPlatform().daemon().name("load").unstarted(this::pace);
  private volatile boolean active = true;

  /** A submission whose outcome nobody knows. */
  private record Unsettled(List<PlannedTask> tasks, String key) {}

  /**
   * How much of what.
   *
   * @param rate tasks per second
   * @param run begins every token
   */
  public record Settings(Mix mix, double rate, long seed, String run) {}

  /**
   * A load that begins with {@link #start}.
   *
   * @param producer takes the tasks
   * @param receiver gets the webhooks
   */
  public Load(URI producer, History history, Settings settings, URI receiver) {
    this.api = new Api(producer);
    this.submissions = new Submissions(api, history);
    this.reader = new Reader(api, history);
    this.orders = new Orders(settings.mix(), settings.run(), receiver);
    this.mix = settings.mix();
    this.rate = settings.rate();
    this.chance = new SplittableRandom(settings.seed());
  }

  /** Begins. */
  public void start() {
    pacer.start();
  }

  /** How many submissions were left out because too many were under way. */
  public long skipped() {
    return skipped.get();
  }

  private void pace() {
    long start = System.nanoTime();
    double begun = 0;
    while (active) {
      double due = (System.nanoTime() - start) / 1e9 * rate;
      while (begun < due) {
        begun += begin();
      }
      Await.pause(TICK);
    }
  }

  /** Begins one submission; returns how many tasks it has. */
  private int begin() {
    var own = chance.split();
    boolean batch = own.nextDouble() < mix.batched() / BATCH;
    int tasks = batch ? BATCH : 1;
    if (room.tryAcquire()) {
      clients.execute(() -> {
        try {
          run(batch, own);
        } finally {
          room.release();
        }
      });
    } else {
      skipped.addAndGet(tasks);
    }
    return tasks;
  }

  private void run(boolean batch, RandomGenerator own) {
    if (batch) {
      submitBatch(own);
    } else {
      submitOne(own);
    }
  }

  private void submitOne(RandomGenerator own) {
    var task = orders.next(own);
    var key = task.order().token();
    boolean waits = own.nextInt(100) == 0;
    var headers = waits ? new String[] {"Prefer", "wait=2"} : new String[0];
    var last = repeated(own, () -> submissions.send(Kind.SUBMIT, task, key, headers));
    if (isOpen(last)) {
      unsettled.add(new Unsettled(List.of(task), key));
    }
    if (last.outcome() == Outcome.OK) {
      follow(task, last.ids().getFirst(), own);
    }
  }

  /** Every other batch has a key and is sent until its outcome is known; the others only once. */
  private void submitBatch(RandomGenerator own) {
    var tasks = new ArrayList<PlannedTask>();
    for (int i = 0; i < BATCH; i++) {
      tasks.add(orders.nextValid(own));
    }
    if (own.nextBoolean()) {
      submissions.send(tasks, null);
      return;
    }
    var key = "batch-" + tasks.getFirst().order().token();
    if (isOpen(repeated(own, () -> submissions.send(tasks, key)))) {
      unsettled.add(new Unsettled(tasks, key));
    }
  }

  /** Sends until the outcome is known, or the load is stopped. */
  private Completion repeated(RandomGenerator own, Supplier<Completion> sending) {
    var last = sending.get();
    long pause = FIRST_PAUSE_MILLIS;
    while (active && isOpen(last)) {
      Await.pause(Duration.ofMillis(own.nextLong(pause / 2, pause)));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      last = sending.get();
    }
    return last;
  }

  /** Whether the answer leaves a reason to send it again: it is unknown, or was a bad moment. */
  private static boolean isOpen(Completion completion) {
    return completion.outcome() == Outcome.INFO
        || (completion.outcome() == Outcome.FAIL && completion.status() / 100 != 4);
  }

  private void follow(PlannedTask task, String id, RandomGenerator own) {
    var key = task.order().token();
    boolean watched = own.nextDouble() < mix.watched();
    if (watched) {
      reader.read(id);
    }
    if (own.nextDouble() < mix.repeated()) {
      submissions.send(Kind.REPLAY, task, key);
      submissions.send(Kind.CONFLICT, orders.next(Mix.Work.QUICK, own), key);
    }
    if (active && own.nextDouble() < mix.cancelled()) {
      Await.pause(Duration.ofMillis(own.nextLong(1_000)));
      reader.cancel(id);
    }
    for (int look = 0; watched && active && look < LOOKS; look++) {
      Await.pause(Duration.ofMillis(own.nextLong(1_500)));
      reader.read(id);
    }
  }

  /** Begins nothing any more; what is under way comes to its end. */
  public void stop() {
    active = false;
  }

  /**
   * Sends what nobody knows the outcome of once more with its key, now that everything works, until
   * the answer is known or the time is over.
   */
  public void settle(Duration limit) {
    stop();
    var _ = Await.within(limit, () -> room.availablePermits() == MOST_AT_ONCE);
    long end = System.nanoTime() + limit.toNanos();
    try (var settling = Executors.newFixedThreadPool(SETTLING_AT_ONCE)) {
      for (var left = unsettled.poll(); left != null; left = unsettled.poll()) {
        var task = left;
        settling.execute(() -> settle(task, end));
      }
    }
  }

  private void settle(Unsettled left, long end) {
    while (isOpen(send(left)) && System.nanoTime() < end) {
      Await.pause(Duration.ofMillis(FIRST_PAUSE_MILLIS));
    }
  }

  private Completion send(Unsettled left) {
    return left.tasks().size() == 1
        ? submissions.send(Kind.SUBMIT, left.tasks().getFirst(), left.key())
        : submissions.send(left.tasks(), left.key());
  }

  @Override
  public void close() {
    stop();
    clients.shutdown();
    try {
      if (!clients.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        clients.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}

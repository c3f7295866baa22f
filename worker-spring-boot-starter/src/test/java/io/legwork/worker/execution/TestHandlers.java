package io.legwork.worker.execution;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.task.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Handlers that do what a test tells them to. */
@TestConfiguration(proxyBeanMethods = false)
class TestHandlers {

  /** What a handler may be told to do. */
  enum Deed {
    FAIL,
    FAIL_FOR_GOOD,
    FAIL_ONCE,
    RETRY_LATER,
    THROW_ERROR,
    RETURN_TOO_MUCH,
    RETURN_ITSELF,
    RETURN_AN_ERROR,
    HANG
  }

  /** Does the deed that its payload names. */
  @Handles("deed")
  static final class DeedHandler implements Handler<Deed> {

    @Override
    public Outcome handle(Deed deed, TaskContext task) throws InterruptedException {
      return switch (deed) {
        case FAIL -> Outcome.fail("as told, attempt " + task.attempt());
        case FAIL_FOR_GOOD -> Outcome.failPermanently("for good");
        case FAIL_ONCE ->
            task.attempt() == 1 ? Outcome.fail("once") : Outcome.succeed(task.attempt());
        case RETRY_LATER -> Outcome.retryAfter(Duration.ofHours(2), "busy");
        case THROW_ERROR -> throw new StackOverflowError("deep");
        case RETURN_TOO_MUCH -> Outcome.succeed("x".repeat(50 * 1024 * 1024));
        case RETURN_ITSELF -> Outcome.succeed(new Endless());
        case RETURN_AN_ERROR -> Outcome.succeed(new Failing(true));
        case HANG -> {
          new CountDownLatch(1).await();
          yield Outcome.succeed();
        }
      };
    }
  }

  /** A result that has itself inside. */
  public static final class Endless {

    public Endless getNext() {
      return this;
    }
  }

  /** A result that may not be looked at. */
  public record Failing(boolean broken) {

    public String getText() {
      if (broken) {
        throw new AssertionError("no text");
      }
      return "";
    }
  }

  /** Heeds nothing but the test. */
  @Handles(value = "wedged", concurrency = 1)
  static final class WedgedHandler implements Handler<Integer> {

    static final Semaphore OPEN = new Semaphore(0);

    @Override
    public Outcome handle(Integer number, TaskContext task) {
      OPEN.acquireUninterruptibly();
      return Outcome.succeed(number);
    }
  }

  /** Waits for the test, one at a time, and keeps in which order its payloads came. */
  @Handles(value = "ordered", concurrency = 1)
  static final class OrderedHandler implements Handler<Priority> {

    static final CountDownLatch OPEN = new CountDownLatch(1);
    static final List<Priority> STARTED = new CopyOnWriteArrayList<>();

    @Override
    public Outcome handle(Priority priority, TaskContext task) throws InterruptedException {
      OPEN.await();
      STARTED.add(priority);
      return Outcome.succeed();
    }
  }

  /** Waits for the test; counts how many run at the same time. */
  @Handles(value = "gate", concurrency = 3)
  static final class GateHandler implements Handler<Integer> {

    static final Semaphore OPEN = new Semaphore(0);
    static final AtomicInteger RUNNING = new AtomicInteger();
    static final AtomicInteger RUNS = new AtomicInteger();

    @Override
    public Outcome handle(Integer number, TaskContext task) throws InterruptedException {
      RUNS.incrementAndGet();
      RUNNING.incrementAndGet();
      try {
        OPEN.acquire();
        return Outcome.succeed(number);
      } finally {
        RUNNING.decrementAndGet();
      }
    }
  }

  /** Counts how often each task is run. */
  @Handles("count")
  static final class CountHandler implements Handler<Integer> {

    static final ConcurrentMap<String, Integer> RUNS = new ConcurrentHashMap<>();

    @Override
    public Outcome handle(Integer number, TaskContext task) {
      RUNS.merge(task.taskId(), 1, Integer::sum);
      return Outcome.succeed(number);
    }
  }

  /** Never ends by itself. */
  @Handles(value = "long", longRunning = true)
  static final class LongHandler implements Handler<Integer> {

    @Override
    public Outcome handle(Integer number, TaskContext task) throws InterruptedException {
      new CountDownLatch(1).await();
      return Outcome.succeed();
    }
  }

  /** Keeps the number of its attempts and fails until there are as many as the payload says. */
  @Handles("steps")
  static final class StepsHandler implements Handler<Integer> {

    @Override
    public Outcome handle(Integer steps, TaskContext task) {
      int done = task.lastCheckpoint(Integer.class).orElse(0);
      task.checkpoint(done + 1);
      return done + 1 == steps ? Outcome.succeed(done + 1) : Outcome.fail("not yet");
    }
  }

  /** Tells how far it is and waits for its end. */
  @Handles("telling")
  static final class TellingHandler implements Handler<Integer> {

    @Override
    public Outcome handle(Integer percent, TaskContext task) throws InterruptedException {
      for (int told = 0; told <= percent; told++) {
        task.progress(told, "step " + told);
      }
      new CountDownLatch(1).await();
      return Outcome.succeed();
    }
  }

  /** Goes on keeping checkpoints after it has lost its task. */
  @Handles("fenced")
  static final class FencedHandler implements Handler<Integer> {

    static final CountDownLatch KEPT = new CountDownLatch(1);
    static final AtomicInteger REFUSED = new AtomicInteger();

    @Override
    public Outcome handle(Integer number, TaskContext task) {
      try {
        while (true) {
          task.checkpoint(number);
          KEPT.countDown();
        }
      } catch (CancellationException over) {
        REFUSED.incrementAndGet();
        throw over;
      }
    }
  }

  /** Is not ready yet. */
  @Handles("snooze")
  static final class SnoozeHandler implements Handler<Integer> {

    @Override
    public Outcome handle(Integer seconds, TaskContext task) {
      return Outcome.snooze(Duration.ofSeconds(seconds));
    }
  }

  /** Takes no notice of interrupts and ends once it sees that it is cancelled. */
  @Handles("stubborn")
  static final class StubbornHandler implements Handler<Integer> {

    static final AtomicInteger NOTICED = new AtomicInteger();

    @Override
    public Outcome handle(Integer number, TaskContext task) {
      while (!task.isCancelled()) {
        Thread.onSpinWait();
      }
      NOTICED.incrementAndGet();
      return Outcome.succeed("too late");
    }
  }

  @Bean
  WedgedHandler wedgedHandler() {
    return new WedgedHandler();
  }

  @Bean
  OrderedHandler orderedHandler() {
    return new OrderedHandler();
  }

  @Bean
  CountHandler countHandler() {
    return new CountHandler();
  }

  @Bean
  StepsHandler stepsHandler() {
    return new StepsHandler();
  }

  @Bean
  TellingHandler tellingHandler() {
    return new TellingHandler();
  }

  @Bean
  FencedHandler fencedHandler() {
    return new FencedHandler();
  }

  @Bean
  SnoozeHandler snoozeHandler() {
    return new SnoozeHandler();
  }

  @Bean
  LongHandler longHandler() {
    return new LongHandler();
  }

  @Bean
  StubbornHandler stubbornHandler() {
    return new StubbornHandler();
  }

  @Bean
  DeedHandler deedHandler() {
    return new DeedHandler();
  }

  @Bean
  GateHandler gateHandler() {
    return new GateHandler();
  }
}

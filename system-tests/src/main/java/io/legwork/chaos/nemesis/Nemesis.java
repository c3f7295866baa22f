package io.legwork.chaos.nemesis;

import io.legwork.chaos.history.FaultNote;
import io.legwork.chaos.history.FaultNote.Phase;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.nemesis.Schedule.Strike;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Lets the faults of a schedule strike, and heals them. */
public final class Nemesis {

  private final Stack stack;
  private final History history;
  private final Consumer<String> narrator;
  private final Map<Part, ReentrantLock> parts = new EnumMap<>(Part.class);

  /**
   * @param narrator is told in a line what strikes
   */
  public Nemesis(Stack stack, History history, Consumer<String> narrator) {
    this.stack = stack;
    this.history = history;
    this.narrator = narrator;
    for (Part part : Part.values()) {
      parts.put(part, new ReentrantLock(true));
    }
  }

  /**
   * Runs the schedule of the seed; everything is healed when this returns.
   *
   * @param time how long faults strike
   * @return how many there were
   */
  public int run(long seed, Duration time) {
    var schedule = Schedule.of(seed, time);
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    try (var strikers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Strike strike : schedule.strikes()) {
        long wait = strike.at().toNanos() - (System.nanoTime() - start);
        Await.pause(Duration.ofNanos(Math.max(0, wait)));
        running.add(strikers.submit(() -> strike(strike)));
      }
    }
    running.forEach(Nemesis::check);
    return schedule.strikes().size();
  }

  /** A fault that could not be injected or healed would prove nothing: the run ends. */
  private static void check(Future<?> strike) {
    try {
      strike.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A fault could not be injected or healed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void strike(Strike strike) {
    var part = parts.get(strike.fault().part());
    if (part == null) {
      throw new IllegalStateException("every part has a lock");
    }
    part.lock();
    try {
      inject(strike);
    } finally {
      part.unlock();
    }
  }

  private void inject(Strike strike) {
    var fault = strike.fault();
    note(strike, Phase.INJECTED, "");
    try {
      Healing healing = fault.injection().strike(stack, new SplittableRandom(strike.seed()));
      narrator.accept(
          "%s (%s) for %d ms"
              .formatted(fault.name(), healing.detail(), strike.lasting().toMillis()));
      Await.pause(strike.lasting());
      healing.cure().apply();
      note(strike, Phase.HEALED, healing.detail());
    } catch (Exception e) {
      note(strike, Phase.HEALED, "failed: " + e);
      throw new IllegalStateException(fault.name(), e);
    }
  }

  private void note(Strike strike, Phase phase, String detail) {
    history.add(new FaultNote(Micros.now(), strike.number(), phase, strike.fault().name(), detail));
  }
}

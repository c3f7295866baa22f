package io.legwork.handler.testing;

import io.legwork.handler.Outcome;
import io.legwork.handler.runtime.Checkpoints;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of an attempt. */
public final class EndedAttempt {

  private final Outcome outcome;
  private final List<Progress> progress;
  private final byte @Nullable [] checkpoint;

  /** What the handler told of how far it had come. */
  public record Progress(int percent, String message) {}

  EndedAttempt(Outcome outcome, List<Progress> progress, byte @Nullable [] checkpoint) {
    this.outcome = outcome;
    this.progress = List.copyOf(progress);
    this.checkpoint = checkpoint;
  }

  /** How it ended, as the worker takes it: also where the handler threw, or was stopped. */
  public Outcome outcome() {
    return outcome;
  }

  /** All that was told, in order. */
  public List<Progress> progress() {
    return progress;
  }

  /**
   * What the next attempt finds.
   *
   * @throws IllegalArgumentException if it is not of that type
   */
  public <T> Optional<T> checkpoint(Class<T> type) {
    return checkpoint == null ? Optional.empty() : Optional.of(Checkpoints.read(checkpoint, type));
  }
}

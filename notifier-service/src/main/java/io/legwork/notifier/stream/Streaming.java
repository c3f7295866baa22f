package io.legwork.notifier.stream;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and ends the streaming. It ends before the web server waits for requests under way, of
 * which every open stream is one.
 */
final class Streaming implements SmartLifecycle {

  private final EventFollower follower;
  private final ProgressFollower progress;
  private final EventStreams streams;
  private volatile boolean running;

  Streaming(EventFollower follower, ProgressFollower progress, EventStreams streams) {
    this.follower = follower;
    this.progress = progress;
    this.streams = streams;
  }

  @Override
  public void start() {
    follower.start();
    progress.start();
    streams.start();
    running = true;
  }

  @Override
  public void stop() {
    streams.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}

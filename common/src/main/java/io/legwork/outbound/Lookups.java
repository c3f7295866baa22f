package io.legwork.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on threads of its own, because a lookup cannot be broken off: a name server that
 * never answers costs whoever asks no more than their patience, and one thread, however many ask
 * for the same name. Thread-safe.
 */
final class Lookups implements AutoCloseable {

  /** So many name servers that do not answer hold up nobody else. */
  private static final int MOST = 256;

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("lookup-", 0).factory());
  private final Duration patience;

  /**
   * @param patience how long a lookup may take
   */
  Lookups(Duration patience) {
    this.patience = patience;
  }

  /**
   * All addresses of a host.
   *
   * @throws UnknownHostException if it has none, or they were not found in time
   */
  InetAddress[] find(String host) throws UnknownHostException {
    try {
      return underWay
          .computeIfAbsent(host, this::start)
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException unknown) {
      throw unknown(host, "it is unknown");
    } catch (TimeoutException late) {
      throw unknown(host, "it was not found within " + patience.toMillis() + " ms");
    } catch (RejectedExecutionException full) {
      throw unknown(host, "too many hosts are being looked up");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown(host, "the lookup was interrupted");
    }
  }

  private CompletableFuture<InetAddress[]> start(String host) {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        found.complete(InetAddress.getAllByName(host));
      } catch (UnknownHostException | RuntimeException unknown) {
        found.completeExceptionally(unknown);
      } finally {
        underWay.remove(host, found);
      }
    });
    return found;
  }

  private static UnknownHostException unknown(String host, String why) {
    return new UnknownHostException(host + ": " + why);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package io.legwork.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests within the {@link OutboundPolicy}: redirects are not followed, an answer is read
 * up to a bound, and the whole exchange has a time. Blocks the calling thread, which should be a
 * virtual one, because only that can be interrupted. Thread-safe.
 */
public final class OutboundClient implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 2000;

  /** A connection that was idle for longer may have been closed by the other side. */
  private static final TimeValue TRUSTED_IDLE = TimeValue.ofMilliseconds(50);

  private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

  /** A header is for software and may be long; all of them must fit into memory easily. */
  private static final Http1Config MESSAGES =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(200).build();

  /** The body of an answer that came at the last moment may still be read. */
  private static final Duration SHORTEST_FOR_BODY = Duration.ofSeconds(1);

  private final CloseableHttpClient client;
  private final Lookups lookups;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("outbound-timer").factory());

  /**
   * @param connectTimeout how long to wait for a connection, and before that for the address of a
   *     host
   */
  public OutboundClient(OutboundPolicy policy, Duration connectTimeout) {
    timer.setRemoveOnCancelPolicy(true);
    this.lookups = new Lookups(connectTimeout);
    ConnectionConfig connections =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(connectTimeout))
            .setValidateAfterInactivity(TRUSTED_IDLE)
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new Guard(policy, lookups))
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder().http1Config(MESSAGES).build())
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(connections)
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setRedirectsEnabled(false).build())
            .evictIdleConnections(LONGEST_IDLE)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableDefaultUserAgent()
            .build();
  }

  /** Every connection is made to an address that comes from here, also where the URL names one. */
  private record Guard(OutboundPolicy policy, Lookups lookups) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      try {
        return policy.permitted(host, lookups.find(host));
      } catch (ForbiddenAddressException forbidden) {
        UnknownHostException refused = new UnknownHostException(forbidden.getMessage());
        refused.initCause(forbidden);
        throw refused;
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /**
   * Makes a request whose answer is wanted as a whole.
   *
   * @param keep how many bytes of the answer's body are wanted; when there are more the connection
   *     is closed
   * @param limit how long the whole exchange may take
   * @throws ForbiddenAddressException if the request must not go where it leads
   * @throws TimeoutException if the exchange did not end in time
   * @throws IOException if it failed otherwise
   */
  public OutboundAnswer send(OutboundRequest request, int keep, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    return new Exchange(request).run(limit, (response, _) -> AnswerBodies.read(response, keep));
  }

  /**
   * Makes a request of whose answer the status matters: a body that is long, slow or broken off is
   * cut and never turns an answer into a failure. The request must be one that the other side
   * recognises when it is repeated, because it is if a connection turns out to have been closed
   * while it was idle.
   *
   * @param keep how many bytes of the answer's body are wanted
   * @param limit how long the exchange may take up to the head of the answer
   * @throws ForbiddenAddressException if the request must not go where it leads
   * @throws TimeoutException if there was no answer in time
   * @throws IOException if it failed otherwise
   */
  public OutboundAnswer tell(OutboundRequest request, int keep, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    long end = System.nanoTime() + limit.toNanos();
    try {
      return tellOnce(request, keep, limit);
    } catch (SocketException | NoHttpResponseException closed) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (closed instanceof ConnectException || !left.isPositive()) {
        throw closed;
      }
      return tellOnce(request, keep, left);
    }
  }

  private OutboundAnswer tellOnce(OutboundRequest request, int keep, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    return new Exchange(request)
        .run(
            limit,
            (response, exchange) -> {
              exchange.allowAtLeast(SHORTEST_FOR_BODY);
              return AnswerBodies.skim(response, keep);
            });
  }

  /** Reads the body of an answer. */
  @FunctionalInterface
  private interface Reading {
    AnswerBodies.Kept read(ClassicHttpResponse response, Exchange exchange) throws IOException;
  }

  /** One request on its way, which is broken off when its time is over. For one thread. */
  private final class Exchange {

    private final AtomicBoolean timedOut = new AtomicBoolean();
    private final HttpUriRequestBase request;
    private @Nullable ScheduledFuture<?> end;

    Exchange(OutboundRequest wanted) {
      request = new HttpUriRequestBase(wanted.method(), wanted.uri());
      wanted.headers().forEach(request::setHeader);
      if (wanted.body() != null) {
        request.setEntity(new ByteArrayEntity(wanted.body(), null));
      }
    }

    OutboundAnswer run(Duration limit, Reading reading)
        throws IOException, InterruptedException, TimeoutException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      endAfter(limit);
      try {
        return run(reading);
      } catch (IOException failure) {
        throw reason(failure, timedOut.get());
      } finally {
        endNever();
      }
    }

    private OutboundAnswer run(Reading reading) throws IOException {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      try {
        AnswerBodies.Kept body = reading.read(response, this);
        if (!body.ended()) {
          // Or the rest would be read before the connection is closed.
          request.cancel();
        }
        return new OutboundAnswer(
            response.getCode(), headers(response), body.bytes(), body.truncated());
      } finally {
        closeQuietly(response);
      }
    }

    /** Gives it some more time if not even that is left. */
    void allowAtLeast(Duration time) {
      if (end != null && end.getDelay(TimeUnit.NANOSECONDS) < time.toNanos()) {
        endNever();
        endAfter(time);
      }
    }

    private void endAfter(Duration time) {
      end =
          timer.schedule(
              () -> {
                timedOut.set(true);
                request.cancel();
              },
              time.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    private void endNever() {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  private static void closeQuietly(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException hungUp) {
      // What was wanted of the answer has been read.
    }
  }

  private static IOException reason(IOException failure, boolean timedOut)
      throws InterruptedException, TimeoutException {
    if (timedOut) {
      throw new TimeoutException();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return failure.getCause() instanceof ForbiddenAddressException forbidden ? forbidden : failure;
  }

  /** Why an exchange failed, in words for whoever submitted the task. */
  public static String describe(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> "its host is unknown";
      case SocketTimeoutException _ -> "no connection in time";
      case ConnectException refused when said(refused).contains("refused") ->
          "no connection: it was refused";
      case ConnectException refused -> "no connection: " + said(refused);
      default -> said(failure);
    };
  }

  private static String said(IOException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private static SortedMap<String, List<String>> headers(ClassicHttpResponse response) {
    SortedMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName(), name -> new ArrayList<>())
          .add(String.valueOf(header.getValue()));
    }
    return headers;
  }

  /** Closes the connections without waiting for answers. */
  @Override
  public void close() {
    timer.shutdownNow();
    lookups.close();
    client.close(CloseMode.IMMEDIATE);
  }
}

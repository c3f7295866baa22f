package io.legwork.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

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

  private final CloseableHttpClient client;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("outbound-timer").factory());

  /**
   * @param connectTimeout how long to wait for a connection
   */
  public OutboundClient(OutboundPolicy policy, Duration connectTimeout) {
    ConnectionConfig connections =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(connectTimeout))
            .setValidateAfterInactivity(TRUSTED_IDLE)
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new Guard(policy))
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
  private record Guard(OutboundPolicy policy) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      try {
        return policy.resolve(host);
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
   * Makes a request.
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
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    HttpUriRequestBase exchange = exchange(request);
    AtomicBoolean timedOut = new AtomicBoolean();
    ScheduledFuture<?> end =
        timer.schedule(
            () -> {
              timedOut.set(true);
              exchange.cancel();
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return exchanged(exchange, keep);
    } catch (IOException failure) {
      throw reason(failure, timedOut.get());
    } finally {
      end.cancel(false);
    }
  }

  private OutboundAnswer exchanged(HttpUriRequestBase exchange, int keep) throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, exchange, null);
    try {
      OutboundAnswer answer = read(response, keep);
      if (answer.truncated()) {
        // Or the rest would be read before the connection is closed.
        exchange.cancel();
      }
      return answer;
    } finally {
      closeQuietly(response);
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

  private static HttpUriRequestBase exchange(OutboundRequest request) {
    HttpUriRequestBase exchange = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(exchange::setHeader);
    if (request.body() != null) {
      exchange.setEntity(new ByteArrayEntity(request.body(), null));
    }
    return exchange;
  }

  private static OutboundAnswer read(ClassicHttpResponse response, int keep) throws IOException {
    SortedMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName(), name -> new ArrayList<>())
          .add(String.valueOf(header.getValue()));
    }
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    byte[] body = content == null ? new byte[0] : content.readNBytes(keep);
    boolean truncated = content != null && body.length == keep && content.read() >= 0;
    return new OutboundAnswer(response.getCode(), headers, body, truncated);
  }

  /** Closes the connections without waiting for answers. */
  @Override
  public void close() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}

package io.legwork.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector of OpenTelemetry: takes spans over OTLP/HTTP in protobuf, and keeps them. */
final class Collector {

  private final List<Told> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * A span as it came.
   *
   * @param links the spans that it links to
   * @param attributes their values as text
   * @param whole all that was sent of it, as text
   */
  record Told(
      String service,
      String name,
      String kind,
      String trace,
      String id,
      String parent,
      List<String> links,
      Map<String, String> attributes,
      boolean failed,
      boolean orderly,
      String whole) {

    String attribute(String name) {
      return attributes.getOrDefault(name, "");
    }
  }

  private Collector() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  static Collector start() {
    try {
      var collector = new Collector();
      collector.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      collector.server.createContext("/v1/traces", collector::take);
      collector.server.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was told of a trace so far. */
  List<Told> spansOf(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
          .flatMap(resource ->
              resource.getScopeSpansList().stream()
                  .flatMap(scope -> scope.getSpansList().stream())
                  .map(span -> told(resource, span)))
          .forEach(spans::add);
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static Told told(ResourceSpans resource, Span span) {
    return new Told(
        texts(resource.getResource().getAttributesList()).getOrDefault("service.name", ""),
        span.getName(),
        span.getKind().name().substring("SPAN_KIND_".length()),
        hex(span.getTraceId().toByteArray()),
        hex(span.getSpanId().toByteArray()),
        hex(span.getParentSpanId().toByteArray()),
        span.getLinksList().stream().map(link -> hex(link.getSpanId().toByteArray())).toList(),
        texts(span.getAttributesList()),
        span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
        span.getStartTimeUnixNano() <= span.getEndTimeUnixNano(),
        resource.getResource() + "\n" + span);
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, Collector::text));
  }

  private static String text(KeyValue attribute) {
    var value = attribute.getValue();
    return value.hasStringValue() ? value.getStringValue() : String.valueOf(value.getIntValue());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

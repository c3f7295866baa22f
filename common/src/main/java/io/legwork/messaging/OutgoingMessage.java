package io.legwork.messaging;

import java.util.Map;

/**
 * A message to be published. What the protocol cannot carry is refused here, because the broker
 * would answer it by closing the channel under everybody's feet.
 *
 * @param exchange one of the exchanges of {@link Topology}
 * @param routingKey at most 255 bytes
 * @param messageId stays the same however often the message is published; at most 255 bytes
 * @param type the versioned name of the body's format, such as {@code legwork.task.v1}
 * @param headers at most {@link #MAX_HEADERS} bytes, names and values together
 * @param body at most {@link #MAX_BODY} bytes
 */
public record OutgoingMessage(
    String exchange,
    String routingKey,
    String messageId,
    String type,
    Map<String, String> headers,
    MessageBody body) {

  /** The largest body: messages are references, not payloads. */
  public static final int MAX_BODY = 1 << 20;

  /** The largest headers: they must fit into one frame of any size a broker may ask for. */
  public static final int MAX_HEADERS = 3 * 1024;

  private static final int MAX_SHORT_STRING = 255;

  /**
   * Takes a copy of the headers.
   *
   * @throws IllegalArgumentException if the broker would not take the message
   */
  public OutgoingMessage {
    headers = Map.copyOf(headers);
    if (!Topology.knowsExchange(exchange)) {
      throw new IllegalArgumentException("not an exchange of the topology: " + exchange);
    }
    requireShort("routing key", routingKey);
    requireShort("message id", messageId);
    requireShort("type", type);
    headers.keySet().forEach(name -> requireShort("header name", name));
    if (size(headers) > MAX_HEADERS) {
      throw new IllegalArgumentException(
          "the headers may have at most %d bytes: %s".formatted(MAX_HEADERS, headers.keySet()));
    }
    if (body.bytes().length > MAX_BODY) {
      throw new IllegalArgumentException(
          "a message body may have at most %d bytes: %s".formatted(MAX_BODY, body));
    }
  }

  private static int size(Map<String, String> headers) {
    int size = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += size(header.getKey()) + size(header.getValue());
    }
    return size;
  }

  /** How many bytes a text has in UTF-8, counted without writing them. */
  private static int size(String text) {
    int size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        // A pair of surrogates has four bytes.
        size += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
      }
    }
    return size;
  }

  private static void requireShort(String what, String value) {
    if (size(value) > MAX_SHORT_STRING) {
      throw new IllegalArgumentException(
          "a %s may have at most %d bytes: %s".formatted(what, MAX_SHORT_STRING, value));
    }
  }
}

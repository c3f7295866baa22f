package io.legwork.ledger;

import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process may attempt, and nobody else while the lease lasts.
 *
 * @param event the id of the event, which is also the id of the message
 * @param task the task it is about, or null
 * @param type what it announces
 * @param name {@link NewDelivery#CALLBACK} or the id of a subscription
 * @param attempts how many attempts of the current schedule have been recorded
 * @param endpoint what stands or falls together with it
 * @param headers those that describe the body
 */
public record LeasedDelivery(
    UUID id,
    UUID event,
    @Nullable TaskId task,
    String type,
    String name,
    int attempts,
    String endpoint,
    DeliveryTarget target,
    Map<String, String> headers,
    KeptJson body) {

  private static final String TRACEPARENT = "traceparent";

  /** The delivery that was just created leased. */
  public static LeasedDelivery of(NewDelivery created) {
    return new LeasedDelivery(
        created.id(),
        created.notification().id(),
        created.notification().task(),
        created.notification().type(),
        created.name(),
        0,
        created.endpoint(),
        created.target(),
        created.content().headers(),
        KeptJson.plain(created.content().body()));
  }

  /** Whether it goes to the task's own callback. */
  public boolean isCallback() {
    return name.equals(NewDelivery.CALLBACK);
  }

  /** The trace that its next attempt belongs to (W3C Trace Context), or null. */
  public @Nullable String traceparent() {
    return headers.get(TRACEPARENT);
  }

  /** The same delivery in another trace, or another part of its own. */
  public LeasedDelivery inTrace(String traceparent) {
    Map<String, String> traced = new LinkedHashMap<>(headers);
    traced.put(TRACEPARENT, traceparent);
    return new LeasedDelivery(
        id, event, task, type, name, attempts, endpoint, target, traced, body);
  }

  static String text(Map<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
    return lines.toString();
  }

  static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(": ");
          headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
    return headers;
  }
}

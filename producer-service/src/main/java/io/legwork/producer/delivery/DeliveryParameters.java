package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryFilter;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.NewDelivery;
import io.legwork.problems.QueryParameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters that choose deliveries. */
final class DeliveryParameters {

  private DeliveryParameters() {}

  static DeliveryFilter filter(String tenant, QueryParameters parameters) {
    return new DeliveryFilter(
        tenant,
        subscription(parameters),
        parameters.choice("state", DeliveryState.class),
        parameters.text("type"),
        parameters.time("since"),
        parameters.id("cursor"));
  }

  /** The id of a subscription or {@code callback}, as deliveries name it. */
  static @Nullable String subscription(QueryParameters parameters) {
    String text = parameters.text("subscription");
    if (text == null || text.equals(NewDelivery.CALLBACK)) {
      return text;
    }
    UUID id = parameters.id("subscription");
    return id == null ? null : id.toString();
  }
}

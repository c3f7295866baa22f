package io.legwork.producer.subscription;

import io.legwork.events.EventKind;
import io.legwork.producer.fields.Durations;
import io.legwork.producer.web.Page;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes subscriptions as the API shows them: without what is secret. */
final class SubscriptionJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private SubscriptionJson() {}

  static byte[] subscription(Subscription subscription) {
    return subscription(subscription, null);
  }

  /**
   * @param secret shown this once, or null
   */
  static byte[] subscription(Subscription subscription, @Nullable String secret) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, subscription, secret);
    }
    return out.toByteArray();
  }

  static byte[] subscriptions(Page<Subscription> page) {
    return page.json((json, subscription) -> write(json, subscription, null));
  }

  private static void write(
      JsonGenerator json, Subscription subscription, @Nullable String secret) {
    Settings settings = subscription.settings();
    json.writeStartObject();
    json.writeStringProperty("id", subscription.id().toString());
    json.writeStringProperty("name", settings.name());
    json.writeStringProperty("state", subscription.state().name());
    text(json, "reason", subscription.reason());
    time(json, "failingSince", subscription.failingSince());
    json.writeStringProperty("createdAt", subscription.createdAt().toString());
    json.writeStringProperty("updatedAt", subscription.updatedAt().toString());
    filter(json, settings);
    json.writeObjectPropertyStart("limits");
    json.writeNumberProperty("concurrency", settings.limits().concurrency());
    if (settings.limits().perSecond() > 0) {
      json.writeNumberProperty("perSecond", settings.limits().perSecond());
    }
    json.writeStringProperty("disableAfter", written(settings.limits().disableAfter()));
    json.writeEndObject();
    text(json, "owner", settings.owner());
    channel(json, subscription);
    text(json, "secret", secret);
    json.writeEndObject();
  }

  private static void filter(JsonGenerator json, Settings settings) {
    json.writeObjectPropertyStart("filter");
    texts(
        json, "states", settings.filter().states().stream().sorted().map(EventKind::name).toList());
    texts(json, "types", settings.filter().types());
    texts(json, "queues", settings.filter().queues().stream().sorted().toList());
    texts(json, "tags", settings.filter().tags().stream().sorted().toList());
    json.writeEndObject();
  }

  private static void channel(JsonGenerator json, Subscription subscription) {
    Settings settings = subscription.settings();
    Channel channel = settings.channel();
    json.writeObjectPropertyStart(channel.name().toLowerCase(Locale.ROOT));
    switch (channel) {
      case WEBHOOK -> {
        json.writeStringProperty("url", settings.target());
        json.writeStringProperty("format", wireName(settings.format().name()));
        json.writeStringProperty(
            "signing", settings.signing() == Signing.ED25519 ? "ed25519" : "hmac-sha256");
        text(json, "publicKey", subscription.keys().verifying());
        time(json, "formerKeyUntil", subscription.keys().formerUntil());
        texts(json, "headerNames", settings.headers().keySet().stream().sorted().toList());
      }
      case EMAIL -> {
        json.writeStringProperty("to", settings.target());
        if (!settings.digest().isZero()) {
          json.writeStringProperty("digest", written(settings.digest()));
        }
      }
      case AMQP -> json.writeStringProperty("exchange", settings.target());
    }
    json.writeEndObject();
  }

  private static String wireName(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String written(Duration duration) {
    return Durations.write(duration);
  }

  private static void texts(JsonGenerator json, String name, Collection<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time) {
    text(json, name, time == null ? null : time.toString());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}

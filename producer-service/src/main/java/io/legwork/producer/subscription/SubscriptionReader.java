package io.legwork.producer.subscription;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonDocument;
import io.legwork.producer.json.JsonShape;
import io.legwork.producer.json.JsonValue.JsonObject;
import io.legwork.producer.json.StrictJson;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.EventFilter;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what people choose about a subscription, and collects all that is wrong with it. */
final class SubscriptionReader {

  /** How many bytes a subscription may have. */
  static final int MAX_SIZE = 64 * 1024;

  private static final int MAX_NAME = 100;
  private static final int MAX_CONCURRENCY = 256;
  private static final int MAX_PER_SECOND = 10_000;
  private static final Duration SHORTEST_LIFE = Duration.ofHours(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  private SubscriptionReader() {}

  /**
   * Reads a document.
   *
   * @param policy where webhooks may lead
   * @throws ProblemException naming all that is wrong
   */
  static Settings read(byte[] bytes, OutboundPolicy policy) {
    JsonDocument document = StrictJson.read(bytes, JsonShape.WHOLE);
    List<FieldError> errors = new ArrayList<>(document.flawsIn(document.root()));
    if (!(document.root() instanceof JsonObject object)) {
      throw invalid(List.of(new FieldError("must be an object", Pointer.ROOT)));
    }
    Settings settings = read(new Fields(object, Pointer.ROOT, errors), policy);
    if (settings == null || !errors.isEmpty()) {
      throw invalid(errors);
    }
    return settings;
  }

  private static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(Problem.of(ProblemType.INVALID_SUBSCRIPTION, errors));
  }

  private static @Nullable Settings read(Fields fields, OutboundPolicy policy) {
    fields.require("name");
    String name = fields.text("name");
    if (name != null && (name.isBlank() || name.length() > MAX_NAME)) {
      fields.refuse("name", "must have 1 to %d characters".formatted(MAX_NAME));
    }
    EventFilter filter = FilterReader.read(fields.object("filter"));
    Limits limits = limits(fields.object("limits"));
    String owner = fields.text("owner");
    if (owner != null && !ChannelReader.isAddress(owner)) {
      fields.refuse("owner", "must be the address of a mailbox");
    }
    ChannelReader channel = ChannelReader.read(fields, policy);
    fields.refuseOthers();
    return name == null || channel == null
        ? null
        : new Settings(
            name,
            filter,
            channel.channel(),
            channel.target(),
            channel.format(),
            channel.signing(),
            channel.headers(),
            limits,
            channel.digest(),
            owner);
  }

  private static Limits limits(@Nullable Fields fields) {
    Limits usual = Limits.DEFAULT;
    if (fields == null) {
      return usual;
    }
    Integer concurrency = fields.integer("concurrency", 1, MAX_CONCURRENCY);
    Integer perSecond = fields.integer("perSecond", 1, MAX_PER_SECOND);
    Duration disableAfter = fields.duration("disableAfter", SHORTEST_LIFE, LONGEST_LIFE);
    fields.refuseOthers();
    return new Limits(
        concurrency == null ? usual.concurrency() : concurrency,
        perSecond == null ? usual.perSecond() : perSecond,
        disableAfter == null ? usual.disableAfter() : disableAfter);
  }

  /** What is chosen where a channel has no choice. */
  static ChannelReader plain(Channel channel, String target, BodyFormat format, Duration digest) {
    return new ChannelReader(channel, target, format, Signing.HMAC_SHA256, Map.of(), digest);
  }
}

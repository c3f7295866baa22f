package io.legwork.producer.subscription;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.producer.fields.Fields;
import io.legwork.producer.json.JsonValue;
import io.legwork.producer.json.JsonValue.JsonText;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Signing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is chosen about a channel: exactly one of webhook, email and amqp. */
record ChannelReader(
    Channel channel,
    String target,
    BodyFormat format,
    Signing signing,
    Map<String, String> headers,
    Duration digest) {

  private static final Map<String, BodyFormat> FORMATS =
      Map.of(
          "standard", BodyFormat.STANDARD,
          "cloudevents", BodyFormat.CLOUDEVENTS,
          "cloudevents-binary", BodyFormat.CLOUDEVENTS_BINARY);

  private static final Map<String, Signing> SIGNINGS =
      Map.of("hmac-sha256", Signing.HMAC_SHA256, "ed25519", Signing.ED25519);

  private static final int MAX_HEADERS = 10;
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{1,512}");

  /** Ours, those of the connection, and those the HTTP client sets itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "origin",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "via");

  private static final List<String> RESERVED_PREFIXES =
      List.of("webhook-", "ce-", "sec-", "x-forwarded-");

  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,185}");

  private static final Pattern EXCHANGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");

  private static final Duration LONGEST_DIGEST = Duration.ofDays(1);

  static @Nullable ChannelReader read(Fields fields, OutboundPolicy policy) {
    long given = List.of("webhook", "email", "amqp").stream().filter(fields::has).count();
    if (given != 1) {
      fields.refuse("webhook", "exactly one of webhook, email and amqp must be given");
      return null;
    }
    Fields webhook = fields.object("webhook");
    if (webhook != null) {
      return webhook(webhook, policy);
    }
    Fields email = fields.object("email");
    if (email != null) {
      return email(email);
    }
    Fields amqp = fields.object("amqp");
    return amqp == null ? null : amqp(amqp);
  }

  private static @Nullable ChannelReader webhook(Fields fields, OutboundPolicy policy) {
    fields.require("url");
    String url = fields.text("url");
    String wrong = url == null ? null : policy.wrongWith(url);
    if (wrong != null) {
      fields.refuse("url", wrong);
    }
    BodyFormat format = choice(fields, "format", FORMATS, BodyFormat.STANDARD);
    Signing signing = choice(fields, "signing", SIGNINGS, Signing.HMAC_SHA256);
    Map<String, String> headers = headers(fields);
    fields.refuseOthers();
    return url == null
        ? null
        : new ChannelReader(Channel.WEBHOOK, url, format, signing, headers, Duration.ZERO);
  }

  private static <T> T choice(Fields fields, String name, Map<String, T> choices, T usual) {
    String text = fields.text(name);
    if (text == null) {
      return usual;
    }
    T chosen = choices.get(text);
    if (chosen == null) {
      fields.refuse(name, "must be one of " + choices.keySet().stream().sorted().toList());
    }
    return chosen == null ? usual : chosen;
  }

  private static Map<String, String> headers(Fields fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, JsonValue> entries = fields.entries("headers");
    if (entries.size() > MAX_HEADERS) {
      fields.refuse("headers", "must have at most %d members".formatted(MAX_HEADERS));
      return headers;
    }
    entries.forEach((name, value) -> {
      if (!HEADER.matcher(name).matches() || isReserved(name.toLowerCase(Locale.ROOT))) {
        fields.refuseWithin("headers", name, "is not a header that can be chosen");
      } else if (value instanceof JsonText text && VALUE.matcher(text.value()).matches()) {
        headers.put(name, text.value());
      } else {
        fields.refuseWithin(
            "headers", name, "must be a string of 1 to 512 printable ASCII characters");
      }
    });
    return headers;
  }

  private static boolean isReserved(String name) {
    return RESERVED.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static @Nullable ChannelReader email(Fields fields) {
    fields.require("to");
    String to = fields.text("to");
    if (to != null && !isAddress(to)) {
      fields.refuse("to", "must be the address of a mailbox");
    }
    Duration digest = fields.duration("digest", Duration.ofSeconds(1), LONGEST_DIGEST);
    fields.refuseOthers();
    return to == null
        ? null
        : SubscriptionReader.plain(
            Channel.EMAIL, to, BodyFormat.STANDARD, digest == null ? Duration.ZERO : digest);
  }

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches() && !text.contains("..");
  }

  /** Not to our own exchanges, nor to the broker's: a message there could look like one of ours. */
  private static @Nullable ChannelReader amqp(Fields fields) {
    fields.require("exchange");
    String name = fields.text("exchange");
    if (name != null
        && (!EXCHANGE.matcher(name).matches()
            || name.startsWith("amq.")
            || name.startsWith("legwork."))) {
      fields.refuse(
          "exchange",
          "must be the name of an exchange of your own, of A-Z a-z 0-9 _ . : -, not beginning with"
              + " amq. or legwork.");
    }
    fields.refuseOthers();
    return name == null
        ? null
        : SubscriptionReader.plain(
            Channel.AMQP, name, BodyFormat.CLOUDEVENTS_BINARY, Duration.ZERO);
  }
}

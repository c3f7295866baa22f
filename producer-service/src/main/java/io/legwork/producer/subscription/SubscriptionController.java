package io.legwork.producer.subscription;

import io.legwork.access.Caller;
import io.legwork.ledger.Subscriptions;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.producer.fields.Overlap;
import io.legwork.producer.web.Body;
import io.legwork.producer.web.BodyReader;
import io.legwork.producer.web.Page;
import io.legwork.secrets.SecretCipher;
import io.legwork.secrets.SigningKeys;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keeps subscriptions. */
@RestController
@RequestMapping(path = "/v1/subscriptions", produces = MediaType.APPLICATION_JSON_VALUE)
class SubscriptionController {

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final SecureRandom random = new SecureRandom();
  private final BodyReader bodies;
  private final Subscriptions subscriptions;
  private final TestEvents testEvents;
  private final SecretCipher cipher;
  private final OutboundPolicy policy;
  private final UuidV7 ids;

  SubscriptionController(
      BodyReader bodies,
      Subscriptions subscriptions,
      TestEvents testEvents,
      SecretCipher cipher,
      OutboundPolicy policy,
      UuidV7 ids) {
    this.bodies = bodies;
    this.subscriptions = subscriptions;
    this.testEvents = testEvents;
    this.cipher = cipher;
    this.policy = policy;
    this.ids = ids;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    Settings settings = settings(request);
    SigningKeys keys = settings.channel() == Channel.WEBHOOK ? keys(settings.signing()) : null;
    Subscription created =
        subscriptions
            .create(ids.next(), caller.tenant(), settings, keys)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.SUBSCRIPTION_CONFLICT,
                    "there are %d subscriptions already, which is the most"
                        .formatted(Subscriptions.MOST)));
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/v1/subscriptions/" + created.id())
        .cacheControl(CacheControl.noStore())
        .body(SubscriptionJson.subscription(created, shown(keys)));
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Caller caller) {
    Page<Subscription> page =
        Page.byId(
            cursor,
            (after, limit) -> subscriptions.list(caller.tenant(), after, limit),
            Subscription::id);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .body(SubscriptionJson.subscriptions(page));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> read(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return answer(subscriptions.find(parse(id), caller.tenant()));
  }

  /** The channel and the way of signing stay as they are: a secret belongs to them. */
  @PutMapping("/{id}")
  ResponseEntity<byte[]> update(
      @PathVariable String id, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
    Settings settings = settings(request);
    Settings former = require(subscriptions.find(parse(id), caller.tenant())).settings();
    if (former.channel() != settings.channel() || former.signing() != settings.signing()) {
      throw new ProblemException(
          ProblemType.SUBSCRIPTION_CONFLICT,
          "the channel and the way of signing cannot be changed; make another subscription");
    }
    return answer(subscriptions.update(parse(id), caller.tenant(), settings));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> delete(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    require(subscriptions.delete(parse(id), caller.tenant()));
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/{id}/pause")
  ResponseEntity<byte[]> pause(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return answer(subscriptions.pause(parse(id), caller.tenant()));
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<byte[]> resume(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    return answer(subscriptions.resume(parse(id), caller.tenant()));
  }

  @PostMapping("/{id}/rotate-secret")
  ResponseEntity<byte[]> rotate(
      @PathVariable String id,
      @AuthenticationPrincipal Caller caller,
      @RequestParam(defaultValue = "24h") String overlap) {
    Duration both = Overlap.read(overlap, LONGEST_OVERLAP);
    Subscription found = require(subscriptions.find(parse(id), caller.tenant()));
    if (found.settings().channel() != Channel.WEBHOOK) {
      throw new ProblemException(ProblemType.SUBSCRIPTION_CONFLICT, "only webhooks have a secret");
    }
    SigningKeys keys = keys(found.settings().signing());
    Subscription rotated = require(subscriptions.rotate(found.id(), caller.tenant(), keys, both));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(SubscriptionJson.subscription(rotated, shown(keys)));
  }

  @PostMapping("/{id}/test")
  ResponseEntity<byte[]> test(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    Subscription subscription = require(subscriptions.find(parse(id), caller.tenant()));
    if (subscription.state() == SubscriptionState.DISABLED) {
      throw new ProblemException(
          ProblemType.SUBSCRIPTION_CONFLICT, "it is disabled; resume it first");
    }
    UUID delivery = testEvents.send(subscription);
    return ResponseEntity.accepted()
        .header(HttpHeaders.LOCATION, "/v1/deliveries/" + delivery)
        .cacheControl(CacheControl.noStore())
        .body("{\"delivery\":\"%s\"}".formatted(delivery).getBytes(StandardCharsets.UTF_8));
  }

  private Settings settings(HttpServletRequest request) {
    try (Body body = bodies.read(request, SubscriptionReader.MAX_SIZE)) {
      Settings settings = SubscriptionReader.read(body.bytes(), policy);
      if (settings.channel() == Channel.WEBHOOK && !cipher.isAvailable()) {
        throw new ProblemException(
            ProblemType.SECRETS_UNAVAILABLE,
            "a webhook needs a secret, and there is no key to seal it with");
      }
      return settings;
    }
  }

  private SigningKeys keys(Signing signing) {
    return signing == Signing.ED25519
        ? SigningKeys.asymmetric(random)
        : SigningKeys.symmetric(random);
  }

  /** A private key is nobody's business but ours. */
  private static @Nullable String shown(@Nullable SigningKeys keys) {
    return keys == null || keys.verifying() != null ? null : keys.signing();
  }

  private static UUID parse(String id) {
    return TaskId.parse(id).map(TaskId::value).orElseThrow(SubscriptionController::unknown);
  }

  private static Subscription require(Optional<Subscription> found) {
    return found.orElseThrow(SubscriptionController::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.SUBSCRIPTION_NOT_FOUND, "there is no subscription of this id");
  }

  private static ResponseEntity<byte[]> answer(Optional<Subscription> found) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .body(SubscriptionJson.subscription(require(found)));
  }
}

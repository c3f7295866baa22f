package io.legwork.problems;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problem there are. The code of a kind never changes its meaning: clients branch on
 * it.
 */
public enum ProblemType {
  BAD_REQUEST(
      400,
      "The request cannot be understood",
      "Correct the request line or the headers; the request was not looked at any further."),
  MALFORMED_JSON(
      400,
      "The body is not acceptable JSON",
      "Send one JSON document in UTF-8 (RFC 8259) without duplicate keys, comments or anything"
          + " after its end; the detail says where reading stopped."),
  INVALID_PARAMETER(
      400,
      "A query parameter is not valid",
      "Correct or leave out the parameters that `errors` names."),
  INVALID_CURSOR(
      400,
      "The cursor is not valid",
      "Pass `nextCursor` back exactly as it was given, with the same filters, or start again"
          + " without a cursor."),
  INVALID_IDEMPOTENCY_KEY(
      400,
      "The Idempotency-Key is not valid",
      "Send one key of 1 to 255 visible ASCII characters, quoted or not; a UUID is a good choice."),
  UNAUTHENTICATED(
      401,
      "The request does not prove who sent it",
      "Send a key that is valid as `Authorization: Bearer lw_…`; whoever keeps the keys of your tenant"
          + " can make you one. The request was not looked at any further."),
  FORBIDDEN(
      403,
      "The key does not allow this",
      "Use a key with the role that the API description at /openapi names for this operation, and"
          + " without a limit that leaves it out. Nothing was changed."),
  TASK_NOT_FOUND(
      404,
      "There is no such task",
      "Check the id; a task also disappears when its retention time is over."),
  SUBSCRIPTION_NOT_FOUND(
      404, "There is no such subscription", "Check the id; a deleted subscription is gone."),
  DELIVERY_NOT_FOUND(
      404,
      "There is no such delivery",
      "Check the id; a delivery also disappears when its retention time is over."),
  KEY_NOT_FOUND(404, "There is no such key", "Check the id; a revoked key is gone."),
  TENANT_NOT_FOUND(
      404, "There is no such tenant", "Check the name; a tenant without valid keys is gone."),
  NOT_FOUND(
      404, "There is nothing here", "Check the path against the API description at /openapi."),
  METHOD_NOT_ALLOWED(
      405, "The method is not allowed here", "Use one of the methods that the Allow header names."),
  NOT_ACCEPTABLE(
      406,
      "The answer cannot be given in a form you accept",
      "Accept application/json and application/problem+json."),
  REQUEST_TIMEOUT(
      408,
      "The request took too long to arrive",
      "Send it again over a faster connection; nothing was stored."),
  TASK_STATE_CONFLICT(
      409,
      "The task is in a state that does not allow this",
      "Look the task up: only open tasks can be cancelled, and only those that are FAILED, CANCELLED"
          + " or EXPIRED can be redriven. Nothing was changed."),
  STALE_ATTEMPT(
      409,
      "The attempt is over",
      "Stop working on the task: it was cancelled, its time was up, or a later attempt has begun."
          + " Nothing was changed."),
  SUBSCRIPTION_CONFLICT(
      409,
      "The subscription does not allow this",
      "The detail says what stands against it. Nothing was changed."),
  DELIVERY_STATE_CONFLICT(
      409,
      "The delivery is in a state that does not allow this",
      "A delivery can be made anew once it is settled: wait until it is, or for its next attempt."),
  KEY_CONFLICT(
      409, "There can be no more keys", "Revoke keys that are not needed. Nothing was changed."),
  TENANT_CONFLICT(
      409,
      "The tenant does not allow this",
      "The detail says what stands against it. Nothing was changed."),
  BODY_TOO_LARGE(
      413,
      "The body is too large",
      "Keep large data elsewhere and send a reference to it, or split the batch."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The body is of a type that is not supported",
      "Send application/json in UTF-8 without a content encoding."),
  INVALID_TASK(
      422, "The task is not valid", "Correct the fields that `errors` names; nothing was stored."),
  INVALID_BATCH(
      422,
      "The batch is not valid",
      "Send an object with the one field `tasks`, an array of 1 to 1,000 tasks; nothing was"
          + " stored."),
  INVALID_REPORT(
      422,
      "The report of an attempt is not valid",
      "Correct the fields that `errors` names; nothing was changed."),
  INVALID_SUBSCRIPTION(
      422,
      "The subscription is not valid",
      "Correct the fields that `errors` names; nothing was stored."),
  INVALID_KEY_SETTINGS(
      422,
      "What is asked of a new key is not valid",
      "Correct the fields that `errors` names; no key was made."),
  INVALID_LIMITS(
      422,
      "What is said about the limits of a tenant is not valid",
      "Correct the fields that `errors` names; the limits are as they were."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The Idempotency-Key was used for another task",
      "Use a new key for a new task, or send the first body again to get the first answer."),
  QUOTA_EXCEEDED(
      429,
      "A limit of the tenant or the key is reached",
      "Try again after the time that Retry-After names; nothing was stored. `violated-policies` names"
          + " the limit, and the RateLimit header fields tell how much is left of each.",
      Duration.ofSeconds(1)),
  ABNORMAL_USAGE_DETECTED(
      429,
      "Too many things that are not there are being asked for",
      "Try again after the time that Retry-After names, and ask for ids that you were given. Only"
          + " what names an id is refused meanwhile, and only with this key.",
      Duration.ofSeconds(1)),
  TOO_MANY_FAILURES(
      429,
      "Too many wrong keys are being sent",
      "Try again after the time that Retry-After names, with a key that is valid. Right keys are"
          + " let in meanwhile.",
      Duration.ofSeconds(1)),
  HEADERS_TOO_LARGE(
      431, "The headers are too large", "Send fewer or shorter headers: 8 KiB in all."),
  INTERNAL_ERROR(
      500,
      "Something went wrong on our side",
      "Try again; if it stays, tell the operator when it happened. Whether anything was stored is"
          + " unknown: an Idempotency-Key makes trying again safe."),
  OVERLOADED(
      503,
      "The service has more work than it can take",
      "Try again after the time that Retry-After names; nothing was stored.",
      Duration.ofSeconds(1)),
  BACKLOG_FULL(
      503,
      "Too many tasks wait to be sent to the workers",
      "Try again after the time that Retry-After names; nothing was stored. The broker is away, and"
          + " the backlog that is kept for it meanwhile is full.",
      Duration.ofSeconds(5)),
  LEDGER_UNAVAILABLE(
      503,
      "The database cannot be reached",
      "Try again after the time that Retry-After names. Whether anything was stored is unknown: an"
          + " Idempotency-Key makes trying again safe.",
      Duration.ofSeconds(2)),
  IDENTITY_UNAVAILABLE(
      503,
      "The identity provider cannot be reached",
      "Try again after the time that Retry-After names; nothing was stored. Keys are taken meanwhile.",
      Duration.ofSeconds(5)),
  SECRETS_UNAVAILABLE(
      503,
      "Secrets cannot be stored",
      "Tell the operator to configure LEGWORK_SECRETS_KEYS, or leave out what is secret: a callback"
          + " without a secret of its own is signed with that of the installation. Nothing was"
          + " stored.",
      Duration.ofMinutes(1)),
  LOOP_DETECTED(
      508,
      "A webhook leads back to Legwork",
      "Send the webhook to a program of your own and let that call the API, if it is to be called;"
          + " a program that passes webhooks on must not pass on their User-Agent. The request was"
          + " not looked at any further.");

  private static final String URN = "urn:legwork:problem:";
  private static final String IANA = "https://iana.org/assignments/http-problem-types#";

  private final int status;
  private final String title;
  private final String remedy;
  private final Duration retryAfter;

  ProblemType(int status, String title, String remedy) {
    this(status, title, remedy, Duration.ZERO);
  }

  ProblemType(int status, String title, String remedy, Duration retryAfter) {
    this.status = status;
    this.title = title;
    this.remedy = remedy;
    this.retryAfter = retryAfter;
  }

  /** The stable name, for example {@code malformed-json}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The URI that is the problem's {@code type}. Limits have those of
   * draft-ietf-httpapi-ratelimit-headers-10, which clients may know.
   */
  public String uri() {
    boolean registered = this == QUOTA_EXCEEDED || this == ABNORMAL_USAGE_DETECTED;
    return (registered ? IANA : URN) + code();
  }

  /** The HTTP status it is answered with. */
  public int status() {
    return status;
  }

  /** What is wrong, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** What the client can do about it. */
  public String remedy() {
    return remedy;
  }

  /** How long to wait before trying again, where trying again helps. */
  public Optional<Duration> retryAfter() {
    return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
  }
}

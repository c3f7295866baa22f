package io.legwork.worker.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.handler.Backoff;
import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.runtime.Outcomes;
import io.legwork.handler.testing.TestContext;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisteredHandlerTest {

  enum Colour {
    RED,
    LIGHT_BLUE
  }

  record Line(@Nullable String text, int width) {}

  record Drawing(
      int size,
      @Nullable Colour colour,
      @Nullable List<Line> lines,
      @Nullable Boolean closed,
      @Nullable Duration pause,
      @Nullable Instant at,
      @Nullable Map<String, String> labels) {

    Drawing {
      if (size < 1) {
        throw new IllegalArgumentException("size must be at least 1");
      }
    }
  }

  @Handles("draw")
  private record Draws(Callable<@Nullable Outcome> behaviour) implements Handler<Drawing> {
    @Override
    @SuppressWarnings("NullAway") // What authors without a null checker may do.
    public Outcome handle(Drawing payload, TaskContext task) throws Exception {
      return behaviour.call();
    }
  }

  @Handles("show")
  private static final class Shows implements Handler<Drawing> {
    @Override
    public Outcome handle(Drawing payload, TaskContext task) {
      return Outcome.succeed(payload);
    }
  }

  @Test
  void readsThePayloadIntoTheTypeTheHandlerAsksFor() throws Exception {
    String payload =
        """
        {"size": 3, "colour": "light_blue", "lines": [{"text": "a", "width": 1}], "closed": true,
         "pause": "PT2S", "at": "2026-01-02T03:04:05Z", "labels": {"k": "v"}}
        """;

    assertThat(show(payload))
        .isEqualTo(
            Outcome.succeed(
                new Drawing(
                    3,
                    Colour.LIGHT_BLUE,
                    List.of(new Line("a", 1)),
                    true,
                    Duration.ofSeconds(2),
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Map.of("k", "v"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"size": 1, "colr": 1}                 | #/payload/colr: unknown field; known are at, closed, colour, labels, lines, pause, size
          {"size": "1"}                          | #/payload/size: expected a number of the kind int
          {"size": 1.5}                          | #/payload/size: expected a number of the kind int
          {"size": 99999999999}                  | #/payload/size:
          {"size": null}                         | #/payload/size: expected a number of the kind int
          {}                                     | #/payload/size: expected a number of the kind int
          {"size": 0}                            | #/payload: size must be at least 1
          {"size": 1, "colour": "green"}         | #/payload/colour: expected one of red, light_blue
          {"size": 1, "closed": "true"}          | #/payload/closed: expected true or false
          {"size": 1, "lines": {}}               | #/payload/lines: expected an array
          {"size": 1, "lines": [{"width": 1}, {"width": []}]} | #/payload/lines/1/width: expected a number of the kind int
          {"size": 1, "lines": ["x"]}            | #/payload/lines/0: expected an object
          {"size": 1, "pause": "soon"}           | #/payload/pause: expected a duration such as PT30S
          {"size": 1, "at": "tomorrow"}          | #/payload/at: expected a time of the kind Instant
          {"size": 1, "labels": {"a/b~": []}}    | #/payload/labels/a~1b~0: expected a string
          {"size": 1, "lines": [{"text": 7}]}    | #/payload/lines/0/text: expected a string
          [1]                                    | #/payload: expected an object
          "text"                                 | #/payload: expected an object
          null                                   | #/payload: expected a value, not null
          {"size": 1} trailing                   | #/payload: cannot be read
          {"size":                               | #/payload
          """)
  void refusesForGoodAPayloadThatDoesNotFit(String payload, String saying) throws Exception {
    assertThat(show(payload))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).startsWith(saying).doesNotContain("io.legwork", "tools.");
              assertThat(failed.permanent()).isTrue();
            });
  }

  @Test
  void refusesForGoodAPayloadNestedTooDeeply() throws Exception {
    String nested = "{\"labels\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(show(nested)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aReturnedOutcomeIsTheOutcome() throws Exception {
    Outcome later = Outcome.retryAfter(Duration.ofSeconds(5), "not yet");

    assertThat(draw(() -> later)).isEqualTo(later);
  }

  @Test
  void anIllegalArgumentFailsForGood() throws Exception {
    assertThat(
            draw(() -> {
              throw new IllegalArgumentException("no such colour");
            }))
        .isEqualTo(Outcome.failPermanently("no such colour"));
  }

  @Test
  void anyOtherExceptionIsTriedAgain() throws Exception {
    assertThat(
            draw(() -> {
              throw new IOException("disk full", new IllegalStateException("quota"));
            }))
        .isEqualTo(Outcome.fail("IOException: disk full (java.lang.IllegalStateException: quota)"));
  }

  @Test
  void anErrorIsTriedAgainAndLeavesTheWorkerAlive() throws Exception {
    assertThat(draw(RegisteredHandlerTest::overflow)).isEqualTo(Outcome.fail("StackOverflowError"));
    assertThat(
            draw(() -> {
              throw new NoClassDefFoundError("lib/Missing");
            }))
        .isEqualTo(Outcome.fail("NoClassDefFoundError: lib/Missing"));
    assertThat(draw(() -> Outcome.succeed(new long[Integer.MAX_VALUE])))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).startsWith("OutOfMemoryError"));
  }

  @Test
  void noOutcomeIsTriedAgain() throws Exception {
    assertThat(draw(() -> null))
        .isEqualTo(Outcome.fail("the handler returned null instead of an outcome"));
  }

  @Test
  void anInterruptionIsLeftToWhoeverInterrupted() {
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() ->
            draw(() -> {
              throw new InterruptedException("time is up");
            }));
  }

  @Test
  void reasonsAreCutAndRidOfControlCharacters() throws Exception {
    assertThat(draw(() -> Outcome.fail("a\0b\r\nc"))).isEqualTo(Outcome.fail("a b c"));
    assertThat(draw(() -> Outcome.failPermanently("x".repeat(5000))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).hasSize(Outcomes.LONGEST).endsWith("x…"));
  }

  private static Outcome draw(Callable<@Nullable Outcome> behaviour) throws InterruptedException {
    return run(new Draws(behaviour), "{\"size\": 1}");
  }

  private static Outcome show(String payload) throws InterruptedException {
    return run(new Shows(), payload);
  }

  private static Outcome run(Handler<?> handler, String payload) throws InterruptedException {
    return RegisteredHandler.of(handler, "this test")
        .run(payload.getBytes(StandardCharsets.UTF_8), TestContext.first());
  }

  @SuppressWarnings("InfiniteRecursion") // The point of it.
  private static Outcome overflow() {
    return overflow();
  }

  @Handles(
      value = "limited",
      timeout = "90s",
      maxAttempts = 7,
      backoff = @Backoff(initial = "1s", max = "PT1M"))
  private static final class Limited implements Handler<Line> {
    @Override
    public Outcome handle(Line payload, TaskContext task) {
      return Outcome.succeed();
    }
  }

  @Test
  void registersWhatTheHandlerSaysOfItsTasks() {
    TypeDefinition definition = RegisteredHandler.of(new Limited(), "test").definition();

    assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(definition.maxAttempts()).isEqualTo(7);
    assertThat(definition.retry())
        .isEqualTo(new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), 2));
    assertThat(String.valueOf(definition.payloadSchema())).startsWith("Json[");
  }

  @Handles(value = "hasty", timeout = "soon")
  private static final class Hasty implements Handler<Line> {
    @Override
    public Outcome handle(Line payload, TaskContext task) {
      return Outcome.succeed();
    }
  }

  @Test
  void refusesALimitThatMakesNoSense() {
    assertThatExceptionOfType(HandlerLoadingException.class)
        .isThrownBy(() -> RegisteredHandler.of(new Hasty(), "test"))
        .withMessageContaining("'soon' is no duration");
  }
}

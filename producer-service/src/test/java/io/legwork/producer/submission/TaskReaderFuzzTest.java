package io.legwork.producer.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.problems.ProblemException;
import io.legwork.producer.json.CanonicalJson;
import io.legwork.task.NewTask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, it is a task or a problem. */
class TaskReaderFuzzTest {

  private static final long SEED = 20_271;
  private static final int ROUNDS = 25_000;

  private static final List<String> SEEDS =
      List.of(
          "{\"type\":\"echo\",\"payload\":{\"a\":[1,2.5e3,\"x\\u00e9\",null,true]}}",
          """
          {"type":"image.thumbnail","payload":null,"queue":"bulk","priority":"low","delay":"5s",
           "deadline":"2027-06-01T00:00:00Z","timeout":"PT5M","maxAttempts":7,
           "retry":{"initial":"1s","max":"2h","factor":2.0},"tags":["a","b"],
           "metadata":{"k":"v"},"callback":{"url":"https://example.org/","secret":null}}
          """);

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "null",
          "true",
          "-",
          "1e999",
          "0.1",
          "NaN",
          "\\u0000",
          "\\ud800",
          "\0",
          "\"type\":",
          "\"payload\":",
          "\"runAt\":",
          "\"-5s\"",
          "\uD83D\uDE00",
          "99999999999999999999",
          "//",
          "{\"a\":".repeat(70),
          "  ",
          "\n");

  private final Random random = new Random(SEED);

  @Test
  void anyMutationIsATaskOrAProblem() {
    int tasks = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated(SEEDS.get(round % SEEDS.size()).getBytes(StandardCharsets.UTF_8));
      tasks += isTask(bytes) ? 1 : 0;
    }

    assertThat(tasks).isBetween(1, ROUNDS - 1);
  }

  private static boolean isTask(byte[] bytes) {
    try {
      NewTask task = Readers.read(bytes);
      assertThat(CanonicalJson.fingerprint(task.payload())).hasSize(64);
      return true;
    } catch (ProblemException refused) {
      assertThat(refused.problem().type().status()).isIn(400, 422);
      assertThat(refused.problem().detail()).isNotBlank().hasSizeLessThan(2000);
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(refused.problem().detail()))
          .isTrue();
      return false;
    } catch (RuntimeException unexpected) {
      throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), unexpected);
    }
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes = seed;
    for (int times = random.nextInt(4); times >= 0; times--) {
      bytes = mutatedOnce(bytes);
    }
    return bytes;
  }

  private byte[] mutatedOnce(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(6));
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    switch (random.nextInt(4)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 ->
          out.writeBytes(
              TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
      case 2 -> out.write(bytes, 0, Math.min(8, from));
      default -> {}
    }
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}

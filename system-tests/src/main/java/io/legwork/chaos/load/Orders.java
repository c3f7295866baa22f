package io.legwork.chaos.load;

import io.legwork.chaos.history.Order;
import io.legwork.chaos.load.Mix.Work;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Thinks up tasks, the same ones for the same seed. */
final class Orders {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789 äßé漢字🙂\"\\\n";
  private static final String[] PRIORITIES = {"high", "normal", "normal", "normal", "low"};

  private final Mix mix;
  private final URI receiver;
  private final String run;
  private final AtomicLong count = new AtomicLong();

  /**
   * @param run begins every token, so that two runs never share one
   * @param receiver gets the webhooks
   */
  Orders(Mix mix, String run, URI receiver) {
    this.mix = mix;
    this.run = run;
    this.receiver = receiver;
  }

  PlannedTask next(RandomGenerator chance) {
    return next(mix.choose(chance), chance);
  }

  /** One that is to be accepted; a batch with others is neither taken whole nor refused. */
  PlannedTask nextValid(RandomGenerator chance) {
    var kind = mix.choose(chance);
    return next(kind == Work.UNKNOWN ? Work.QUICK : kind, chance);
  }

  PlannedTask next(Work kind, RandomGenerator chance) {
    var token = run + "-" + count.incrementAndGet();
    int failures = kind == Work.FLAKY ? chance.nextInt(1, 4) : 0;
    var body = text(chance);
    long delayMillis = chance.nextDouble() < mix.delayed() ? chance.nextLong(500, 5_000) : 0;
    boolean callback = mix.asksForWebhook(chance, receiver);
    var json = JSON.createObjectNode().put("type", kind.type());
    json.set("payload", payload(token, kind, failures, body));
    json.set("metadata", JSON.createObjectNode().put("token", token));
    json.set("retry", JSON.createObjectNode().put("initial", "100ms").put("max", "1s"));
    json.put("maxAttempts", kind.maxAttempts());
    json.put("priority", PRIORITIES[chance.nextInt(PRIORITIES.length)]);
    if (delayMillis > 0) {
      json.put("delay", delayMillis + "ms");
    }
    if (callback) {
      json.set("callback", JSON.createObjectNode().put("url", receiver.toString()));
    }
    var digest =
        Digest.of(token, Integer.toString(kind.millis()), Integer.toString(failures), body);
    return new PlannedTask(
        new Order(token, kind.type(), digest, kind.maxAttempts(), delayMillis, callback), json);
  }

  private static ObjectNode payload(String token, Work kind, int failures, String body) {
    return JSON.createObjectNode()
        .put("token", token)
        .put("millis", kind.millis())
        .put("failures", failures)
        .put("body", body);
  }

  private static String text(RandomGenerator chance) {
    int[] letters = LETTERS.codePoints().toArray();
    var text = new StringBuilder();
    for (int left = chance.nextInt(10, 200); left > 0; left--) {
      text.appendCodePoint(letters[chance.nextInt(letters.length)]);
    }
    return text.toString();
  }
}

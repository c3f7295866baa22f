package io.legwork.chaos.check;

import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.Read;
import io.legwork.chaos.history.Receipt;
import io.legwork.chaos.history.StreamEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What can go wrong with what people see and are told: the invariant it breaks, and how. */
final class NewsMishaps {

  private NewsMishaps() {}

  static Stream<Arguments> all() {
    return Stream.of(aboutReads(), aboutNews(), aboutTheEnd()).flatMap(mishaps -> mishaps);
  }

  private static Stream<Arguments> aboutReads() {
    return Stream.of(
        mishap(
            "durable acceptance",
            "an accepted task was not found",
            story -> story.add(new Read(story.later(), story.later(), "id-a", 404, "", 0, "", ""))),
        mishap(
            "one result",
            "a task was seen with another result",
            story -> story.read("id-a", "SUCCEEDED", 1, "another end")),
        mishap(
            "monotone reads",
            "a task was seen to run after it was over",
            story -> story.read("id-a", "RUNNING", 1, "")),
        mishap(
            "no lie",
            "a task was announced that was not over when looked at",
            story ->
                story.add(
                    new Read(
                        story.later(),
                        story.later(),
                        "id-a",
                        200,
                        "RUNNING",
                        1,
                        "",
                        "SUCCEEDED"))));
  }

  private static Stream<Arguments> aboutNews() {
    return Stream.of(
        mishap(
            "conservation",
            "the end of a task was never announced",
            story -> story.remove(StreamEvent.class, event -> event.task().equals("id-a"))),
        mishap(
            "notification completeness",
            "a callback was not told",
            story -> story.remove(Receipt.class, receipt -> receipt.task().equals("id-a"))),
        mishap(
            "no lie",
            "a failure was announced as a success",
            story ->
                story.replace(
                    Receipt.class,
                    receipt -> receipt.task().equals("id-broken"),
                    receipt ->
                        new Receipt(
                            receipt.at(),
                            receipt.webhook(),
                            true,
                            "task.succeeded",
                            receipt.task(),
                            "SUCCEEDED",
                            receipt.digest(),
                            204))),
        mishap(
            "notification identity",
            "a signature is wrong",
            story ->
                story.replace(
                    Receipt.class,
                    receipt -> receipt.task().equals("id-a"),
                    receipt ->
                        new Receipt(
                            receipt.at(),
                            receipt.webhook(),
                            false,
                            receipt.event(),
                            receipt.task(),
                            receipt.state(),
                            receipt.digest(),
                            204))),
        mishap(
            "notification identity",
            "a webhook was repeated with another body",
            story ->
                story.add(
                    new Receipt(
                        story.later(),
                        "webhook-id-a",
                        true,
                        "task.succeeded",
                        "id-a",
                        "SUCCEEDED",
                        "another body",
                        204))),
        mishap(
            "notification identity",
            "a webhook was repeated under another id",
            story ->
                story.add(
                    new Receipt(
                        story.later(),
                        "another-id",
                        true,
                        "task.succeeded",
                        "id-a",
                        "SUCCEEDED",
                        "body-id-a",
                        204))),
        mishap(
            "gap-free stream",
            "the stream left out an end",
            story -> story.remove(StreamEvent.class, event -> event.task().equals("id-a"))),
        mishap(
            "gap-free stream",
            "the stream told an end twice",
            story -> story.announce("a", "SUCCEEDED", 1)),
        mishap(
            "gap-free stream",
            "the stream went back",
            story ->
                story.replace(
                    StreamEvent.class,
                    event -> event.task().equals("id-a"),
                    event ->
                        new StreamEvent(
                            event.at(),
                            1,
                            1_000,
                            event.event(),
                            event.kind(),
                            event.task(),
                            event.number(),
                            event.attempt()))),
        mishap(
            "order per task",
            "the events of a task came out of order",
            story ->
                story.replace(
                    StreamEvent.class,
                    event -> event.task().equals("id-retried"),
                    event ->
                        new StreamEvent(
                            event.at(),
                            1,
                            event.sequence(),
                            event.event(),
                            event.kind(),
                            event.task(),
                            3 - event.number(),
                            event.attempt()))));
  }

  private static Stream<Arguments> aboutTheEnd() {
    return Stream.of(
        mishap(
            "no orphan",
            "a message was left in a queue",
            story -> replaceEnding(story, 5_000, Map.of("q", 1), List.of())),
        mishap(
            "bounded wait",
            "it took too long to come to rest",
            story -> replaceEnding(story, 61_000, Map.of("q", 0), List.of())),
        mishap(
            "bounded wait",
            "it never came to rest",
            story -> replaceEnding(story, -1, Map.of("q", 0), List.of())),
        mishap(
            "bounded resources",
            "there are more threads than before",
            story ->
                replaceEnding(
                    story,
                    5_000,
                    Map.of("q", 0),
                    List.of(new Ending.Resource("threads", 100, 121, 10, "")))));
  }

  private static void replaceEnding(
      Story story, long quietAfter, Map<String, Integer> queues, List<Ending.Resource> resources) {
    story.replace(
        Ending.class,
        ending -> true,
        ending -> new Ending(ending.lastHeal(), quietAfter, ending.open(), queues, resources));
  }

  private static Arguments mishap(String invariant, String mishap, Consumer<Story> change) {
    return Arguments.of(invariant, mishap, change);
  }
}

package io.legwork.chaos.nemesis;

import static io.legwork.chaos.nemesis.Fault.lasting;
import static io.legwork.chaos.nemesis.Fault.sudden;

import io.legwork.chaos.nemesis.Fault.Healing;
import io.legwork.chaos.nemesis.Fault.Part;
import io.legwork.chaos.stack.Link;
import io.legwork.chaos.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What happens to the network between the services and the servers. */
final class LinkFaults {

  private LinkFaults() {}

  static List<Fault> all() {
    return List.of(
        sudden("links to the broker cut", Part.BROKER, (stack, chance) -> cut(toBroker(stack))),
        sudden(
            "links to the database cut", Part.DATABASE, (stack, chance) -> cut(toDatabase(stack))),
        lasting(
            "links to the broker half-open",
            Part.BROKER,
            3_000,
            15_000,
            (stack, chance) -> during(toBroker(stack), Link::swallow)),
        lasting(
            "links to the database half-open",
            Part.DATABASE,
            1_000,
            6_000,
            (stack, chance) -> during(toDatabase(stack), Link::swallow)),
        lasting(
            "links to the broker refused",
            Part.BROKER,
            1_000,
            6_000,
            (stack, chance) -> during(toBroker(stack), Link::refuse)),
        lasting(
            "links to the broker slow",
            Part.BROKER,
            3_000,
            8_000,
            (stack, chance) -> during(toBroker(stack), slow(chance, 200))),
        lasting(
            "links to the database slow",
            Part.DATABASE,
            3_000,
            8_000,
            (stack, chance) -> during(toDatabase(stack), slow(chance, 20))),
        lasting(
            "worker cut off from everything, then back",
            Part.WORKERS,
            3_000,
            10_000,
            (stack, chance) -> during(ofOneWorker(stack, chance), Link::stall)));
  }

  private static Healing cut(List<Link> links) {
    links.forEach(Link::cut);
    return Healing.byItself("reset");
  }

  private static Healing during(List<Link> links, Consumer<Link> disturbance) {
    links.forEach(disturbance);
    return new Healing(links.size() + " links", () -> links.forEach(Link::pass));
  }

  private static Consumer<Link> slow(RandomGenerator chance, int mostMillis) {
    var delay = Duration.ofMillis(chance.nextInt(mostMillis / 4, mostMillis));
    return link -> link.delay(delay);
  }

  private static List<Link> toBroker(Stack stack) {
    return stack.services().stream().map(stack::toBroker).toList();
  }

  private static List<Link> toDatabase(Stack stack) {
    return stack.services().stream().map(stack::toDatabase).toList();
  }

  private static List<Link> ofOneWorker(Stack stack, RandomGenerator chance) {
    var worker = ServiceFaults.worker(stack, chance);
    return Stream.of(stack.toBroker(worker), stack.toDatabase(worker)).toList();
  }
}

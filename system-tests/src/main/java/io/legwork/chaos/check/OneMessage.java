package io.legwork.chaos.check;

import io.legwork.chaos.history.Receipt;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invariant 18: a message can be recognised. */
final class OneMessage implements Invariant {

  @Override
  public String name() {
    return "notification identity";
  }

  @Override
  public String sentence() {
    return "A webhook has one id and one body, however often it is sent; it is signed, and "
        + "another event has another id.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    var receipts = evidence.receipts();
    return Stream.of(
            receipts.stream()
                .filter(receipt -> !receipt.valid())
                .map(receipt -> new Violation(receipt.webhook(), "its signature is not valid")),
            several(receipts, Receipt::webhook, Receipt::digest, "was sent with several bodies"),
            several(receipts, OneMessage::subject, Receipt::webhook, "was told under several ids"),
            several(receipts, Receipt::webhook, OneMessage::subject, "stands for several events"))
        .flatMap(Function.identity());
  }

  private static String subject(Receipt receipt) {
    return receipt.task() + " " + receipt.event();
  }

  private static Stream<Violation> several(
      List<Receipt> receipts,
      Function<Receipt, String> by,
      Function<Receipt, String> what,
      String complaint) {
    return receipts.stream()
        .collect(Collectors.groupingBy(by, Collectors.mapping(what, Collectors.toSet())))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> new Violation(entry.getKey(), complaint));
  }
}

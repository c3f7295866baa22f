package io.legwork.chaos.check;

import io.legwork.chaos.history.Completion;
import io.legwork.chaos.history.Completion.Outcome;
import io.legwork.chaos.history.Invocation;
import io.legwork.chaos.history.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of an order: all the calls it was sent with, and what they were answered. */
final class Fate {

  /**
   * One time it was sent.
   *
   * @param completion null if nobody waited for the answer
   * @param id the id that was given, or the empty string
   */
  record Call(Invocation invocation, @Nullable Completion completion, String id) {

    boolean isRefused() {
      return completion != null
          && (completion.outcome() == Outcome.FAIL
              || (completion.outcome() == Outcome.OK && id.isEmpty()));
    }
  }

  private final Order order;
  private final List<Call> calls = new ArrayList<>();

  Fate(Order order) {
    this.order = order;
  }

  void add(Call call) {
    calls.add(call);
  }

  Order order() {
    return order;
  }

  String token() {
    return order.token();
  }

  List<Call> calls() {
    return calls;
  }

  /** The ids that answers gave. */
  Set<String> ids() {
    var ids = new TreeSet<String>();
    calls.stream().map(Call::id).filter(id -> !id.isEmpty()).forEach(ids::add);
    return ids;
  }

  /** Whether somebody was told that it was accepted. */
  boolean isAccepted() {
    return !ids().isEmpty();
  }

  /** Whether everybody who sent it was told that it was not. */
  boolean isRefused() {
    return calls.stream().allMatch(Call::isRefused);
  }

  /** Whether nobody knows. */
  boolean isUnknown() {
    return !isAccepted() && !isRefused();
  }
}

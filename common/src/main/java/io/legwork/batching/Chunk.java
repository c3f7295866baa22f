package io.legwork.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Items that are written together, and the futures of those who wait for them. */
record Chunk<I, O>(List<I> items, List<CompletableFuture<O>> answers) {

  static <I, O> Chunk<I, O> of(List<I> items) {
    List<CompletableFuture<O>> answers = new ArrayList<>(items.size());
    items.forEach(item -> answers.add(new CompletableFuture<>()));
    return new Chunk<>(items, answers);
  }

  static <I, O> Chunk<I, O> join(List<Chunk<I, O>> chunks) {
    if (chunks.size() == 1) {
      return chunks.getFirst();
    }
    List<I> items = new ArrayList<>();
    List<CompletableFuture<O>> answers = new ArrayList<>();
    for (Chunk<I, O> chunk : chunks) {
      items.addAll(chunk.items);
      answers.addAll(chunk.answers);
    }
    return new Chunk<>(items, answers);
  }

  List<Chunk<I, O>> halves() {
    int middle = items.size() / 2;
    return List.of(
        new Chunk<>(items.subList(0, middle), answers.subList(0, middle)),
        new Chunk<>(items.subList(middle, items.size()), answers.subList(middle, answers.size())));
  }

  void complete(List<O> results) {
    if (results.size() != items.size()) {
      throw new IllegalStateException(
          "%d items were answered with %d results".formatted(items.size(), results.size()));
    }
    for (int i = 0; i < results.size(); i++) {
      answers.get(i).complete(results.get(i));
    }
  }

  void fail(RuntimeException failure) {
    answers.forEach(answer -> answer.completeExceptionally(failure));
  }
}

package io.legwork.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BatcherTest {

  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Batcher<Integer, String> batcher;

  BatcherTest(LaneKind kind) {
    batcher =
        new Batcher<>(
            new BatcherSettings("test", kind, 1, 4, 10),
            this::write,
            failure -> failure instanceof IllegalArgumentException,
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    released.countDown();
    batcher.close();
  }

  /** 0 blocks until it is released, a negative item is refused, 13 breaks the whole batch. */
  private List<String> write(List<Integer> items) {
    batches.add(List.copyOf(items));
    if (items.contains(0)) {
      started.countDown();
      await(released);
    }
    if (items.contains(13)) {
      throw new IllegalStateException("the ledger is away");
    }
    items.stream()
        .filter(item -> item < 0)
        .findAny()
        .ifPresent(item -> {
          throw new IllegalArgumentException("bad row " + item);
        });
    return items.stream().map(item -> "wrote " + item).toList();
  }

  @Test
  void writesASingleItemAtOnce() {
    assertThat(batcher.submit(1).join()).isEqualTo("wrote 1");
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void gathersWhatComesWhileAWriteIsUnderWay() {
    CompletableFuture<String> first = batcher.submit(0);
    await(started);
    List<CompletableFuture<String>> others =
        IntStream.rangeClosed(1, 6).mapToObj(batcher::submit).toList();

    released.countDown();

    others.forEach(CompletableFuture::join);
    assertThat(first.join()).isEqualTo("wrote 0");
    assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
  }

  @Test
  void writesItemsHandedInTogetherByOneCall() {
    List<CompletableFuture<String>> answers =
        batcher.submitAll(IntStream.rangeClosed(1, 9).boxed().toList());

    assertThat(answers).extracting(CompletableFuture::join).last().isEqualTo("wrote 9");
    assertThat(batches).hasSize(1);
  }

  @Test
  void letsABadRowFailAlone() {
    List<CompletableFuture<String>> answers = batcher.submitAll(List.of(1, 2, -3, 4));

    assertThat(answers.get(0).join()).isEqualTo("wrote 1");
    assertThat(answers.get(1).join()).isEqualTo("wrote 2");
    assertThat(answers.get(3).join()).isEqualTo("wrote 4");
    assertThatThrownBy(() -> answers.get(2).join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("bad row -3");
  }

  @Test
  void failsTheWholeBatchWhenNoRowIsToBlame() {
    List<CompletableFuture<String>> answers = batcher.submitAll(List.of(1, 13));

    assertThat(answers)
        .allSatisfy(
            answer -> assertThatThrownBy(answer::join).hasRootCauseMessage("the ledger is away"));
    assertThat(batches).hasSize(1);
    assertThat(batcher.submit(2).join()).isEqualTo("wrote 2");
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    batcher.submit(0);
    await(started);
    batcher.submitAll(IntStream.rangeClosed(1, 9).boxed().toList());

    assertThatThrownBy(() -> batcher.submitAll(List.of(10, 11)))
        .isInstanceOf(BatcherFullException.class);
    assertThat(batcher.waiting()).isEqualTo(9);
  }

  @Test
  void writesWhatWaitsBeforeItCloses() {
    CompletableFuture<String> blocking = batcher.submit(0);
    await(started);
    CompletableFuture<String> waiting = batcher.submit(1);
    released.countDown();

    batcher.close();

    assertThat(blocking).isCompleted();
    assertThat(waiting).isCompletedWithValue("wrote 1");
    assertThatThrownBy(() -> batcher.submit(2)).isInstanceOf(BatcherFullException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

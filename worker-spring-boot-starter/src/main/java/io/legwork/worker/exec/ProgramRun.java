package io.legwork.worker.exec;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run of a program, from its start to the outcome it stands for. */
final class ProgramRun {

  /** How long a program that has ended may keep others waiting for what it wrote last. */
  private static final long LAST_WORDS_MILLIS = 500;

  /** Reading from a process holds a thread, so virtual threads would be no better. */
  private static final ExecutorService READERS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("exec-reader-", 1).factory());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Process process;
  private final ProcessTree tree;
  private final ExecDeclaration declaration;

  ProgramRun(Process process, ProcessTree tree, ExecDeclaration declaration) {
    this.process = process;
    this.tree = tree;
    this.declaration = declaration;
  }

  /**
   * Waits for the end of the program.
   *
   * @throws InterruptedException if the attempt is over before; the program is killed
   */
  Outcome outcome(TaskContext task) throws InterruptedException {
    CompletableFuture<String> tooMuch = new CompletableFuture<>();
    CappedOutput output =
        new CappedOutput(process.getInputStream(), declaration.mostOutput(), tooMuch);
    ErrorLines errors = new ErrorLines(process.getErrorStream(), task, tooMuch);
    Future<?> outputRead = READERS.submit(output);
    Future<?> errorsRead = READERS.submit(errors);
    try {
      CompletableFuture.anyOf(process.onExit(), tooMuch).get();
      awaitLastWords(outputRead, errorsRead);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible.getCause());
    } catch (InterruptedException over) {
      tree.kill();
      throw over;
    }
    if (tooMuch.isDone()) {
      tree.kill();
      return Outcome.failPermanently(
          "The program was killed because it " + tooMuch.join() + "." + said(errors));
    }
    return judge(process.exitValue(), output.bytes(), errors);
  }

  /** What a program leaves running may hold its output open; it is killed. */
  private void awaitLastWords(Future<?> outputRead, Future<?> errorsRead)
      throws InterruptedException {
    if (process.isAlive()) {
      return;
    }
    boolean left = tree.killWhatIsLeft();
    try {
      outputRead.get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
      errorsRead.get(left ? 1 : LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException heldOpen) {
      tree.kill();
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    }
  }

  private Outcome judge(int exitCode, byte[] output, ErrorLines errors) {
    ExecDeclaration.Meaning meaning = declaration.meaningOf(exitCode);
    if (meaning == ExecDeclaration.Meaning.SUCCESS) {
      return result(output, errors);
    }
    String reason =
        "The program ended with exit code %d%s.%s"
            .formatted(exitCode, signal(exitCode), said(errors));
    return errors
        .protocol()
        .wish()
        .map(wish -> named(wish, reason))
        .orElseGet(() ->
            meaning == ExecDeclaration.Meaning.RETRY
                ? Outcome.fail(reason)
                : Outcome.failPermanently(reason));
  }

  private static Outcome named(Outcome wish, String reason) {
    return wish instanceof Outcome.RetryAfter retry && retry.reason().isEmpty()
        ? Outcome.retryAfter(retry.delay(), reason)
        : wish;
  }

  private static String signal(int exitCode) {
    return exitCode > 128 && exitCode < 160 ? " (signal " + (exitCode - 128) + ")" : "";
  }

  private static String said(ErrorLines errors) {
    String tail = errors.tail();
    return tail.isEmpty() ? "" : " It said: " + tail;
  }

  private static Outcome result(byte[] output, ErrorLines errors) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(output)).toString();
    } catch (CharacterCodingException malformed) {
      return Outcome.failPermanently(
          "The program succeeded, but what it wrote to standard output is not UTF-8."
              + said(errors));
    }
    if (text.isBlank()) {
      return Outcome.succeed();
    }
    try {
      return Outcome.succeed(JSON.readTree(text));
    } catch (JacksonException malformed) {
      return Outcome.failPermanently(
          "The program succeeded, but what it wrote to standard output is not one JSON document: "
              + malformed.getOriginalMessage()
              + said(errors));
    }
  }
}

package io.legwork.worker.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import io.legwork.task.TypeDefinition;
import io.legwork.worker.handlers.Declaration;
import io.legwork.worker.handlers.RegisteredHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A program as the worker runs it, here a script of the shell. */
final class TestedProgram {

  private final RegisteredHandler handler;
  private final TestContext attempt = TestContext.first();

  TestedProgram(ExecDeclaration declaration) {
    this.handler =
        RegisteredHandler.of(
            new Declaration(TypeDefinition.of("program"), 0, false, false),
            "test",
            new ExecHandler(declaration, Path.of("src/test/resources").toAbsolutePath()));
  }

  /** A script that is given to the shell as an argument. */
  static TestedProgram script(String script) {
    return new TestedProgram(declaration(script, null, null));
  }

  static ExecDeclaration declaration(
      String script,
      @Nullable Map<Integer, ExecDeclaration.Meaning> exitCodes,
      @Nullable ProgramLimits limits) {
    return new ExecDeclaration(List.of("sh", "-c", script), null, exitCodes, null, limits);
  }

  /** What the program has told of itself. */
  TestContext attempt() {
    return attempt;
  }

  Outcome run(String payload) throws InterruptedException {
    return handler.run(payload.getBytes(StandardCharsets.UTF_8), attempt);
  }

  Outcome.Failed failed() throws InterruptedException {
    Outcome outcome = run("{}");
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  /** The result as text; "null" if there is none. */
  String succeeded(String payload) throws InterruptedException {
    Outcome outcome = run(payload);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return String.valueOf(((Outcome.Succeeded) outcome).result());
  }

  /** An attempt on a thread of its own that is interrupted as the worker does it. */
  static final class Running {

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    Running(TestedProgram program) {
      this.thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  outcome.complete(program.run("{}"));
                } catch (InterruptedException interrupted) {
                  outcome.completeExceptionally(interrupted);
                }
              });
    }

    /** Ends the attempt and waits until its handler has let go. */
    Throwable interrupt() throws InterruptedException {
      thread.interrupt();
      try {
        return new AssertionError("not interrupted but " + outcome.get());
      } catch (ExecutionException ended) {
        return Objects.requireNonNullElse(ended.getCause(), ended);
      }
    }
  }
}

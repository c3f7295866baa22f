package io.legwork.worker.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import io.legwork.worker.handlers.HandlerLoadingException;
import io.legwork.worker.handlers.RegisteredHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingFolderTest {

  @TempDir private Path folder;

  @Test
  void bindsATaskTypeToAProgramInTwoLines() throws Exception {
    write("lines.yaml", "type: text.count\nexec: {command: [wc, -c]}\n");

    RegisteredHandler handler = handlers().getFirst();

    assertThat(handler.definition()).isEqualTo(TypeDefinition.of("text.count"));
    assertThat(handler.origin()).contains("lines.yaml");
    Outcome outcome = handler.run("[1,2]".getBytes(StandardCharsets.UTF_8), TestContext.first());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Succeeded.class, done -> assertThat(done.result()).hasToString("5"));
  }

  @Test
  void findsAProgramBesideItsDeclaration() throws Exception {
    Path script = write("answer.sh", "#!/bin/sh\necho 42\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    write("answer.yml", "type: answer\nexec:\n  command: [./answer.sh]\n");

    assertThat(handlers().getFirst().run(new byte[] {'1'}, TestContext.first()))
        .isInstanceOfSatisfying(
            Outcome.Succeeded.class, done -> assertThat(done.result()).hasToString("42"));
  }

  @Test
  void readsAllThatCanBeDeclared() throws Exception {
    write(
        "all.yaml",
        """
        type: all
        concurrency: 3
        timeout: 90s
        maxAttempts: 7
        backoff: {initial: 1s, max: 1m, factor: 1.5}
        longRunning: true
        schema: {type: object}
        exec:
          command: [python3, ./all.py]
          environment: [PATH, MODE=fast]
          exitCodes: {3: retry, 4: permanent, 5: success}
          output: 1000
          limits: {memory: 512MB, cpu: 10s, fileSize: 1GB, openFiles: 64}
        ---
        type: other
        exec: {command: ["true"]}
        """);

    List<RegisteredHandler> handlers = handlers();

    RegisteredHandler all = handlers.getFirst();
    assertThat(handlers).extracting(RegisteredHandler::type).containsExactly("all", "other");
    assertThat(all.concurrency()).isEqualTo(3);
    assertThat(all.longRunning()).isTrue();
    assertThat(all.definition().timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(all.definition().maxAttempts()).isEqualTo(7);
    assertThat(all.definition().retry())
        .isEqualTo(new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), 1.5));
    assertThat(all.definition().payloadSchema()).hasToString("Json[17 bytes]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exec: {command: [x]}                       | type is missing
          type: a                                    | either exec or http
          {type: a, exec: {command: [x], enviroment: [A]}} | enviroment
          {type: a, exec: {command: []}}             | command must be a list
          {type: a, exec: {command: x}}              | exec.command
          {type: a b, exec: {command: [x]}}          | letters, digits
          {type: a, timeout: soon, exec: {command: [x]}} | timeout
          {type: a, timeout: 30d, exec: {command: [x]}}  | timeout must be
          {type: a, exec: {command: [x], exitCodes: {3: maybe}}} | exitCodes
          'type: [a'                                 | not YAML
          """)
  void refusesWhatCannotBeMeant(String yaml, String fault) throws Exception {
    write("bad.yaml", yaml);

    assertThatExceptionOfType(HandlerLoadingException.class)
        .isThrownBy(this::handlers)
        .withMessageContaining("bad.yaml")
        .withMessageContaining(fault);
  }

  @Test
  void declaresNothingWithoutAFolder() {
    assertThat(bindings(null).handlers()).isEmpty();
  }

  private List<RegisteredHandler> handlers() {
    return bindings(folder).handlers();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static BindingFolder bindings(@Nullable Path folder) {
    return new BindingFolder(
        folder, declared -> (payload, task) -> Outcome.succeed(declared.toString()));
  }

  @Test
  void bindsATaskTypeToAnEndpointWithoutShowingItsSecret() throws Exception {
    write("push.yaml", "type: render\nhttp: {url: 'http://a/', secret: whsec_x}\n");

    assertThat(handlers().getFirst().run(new byte[] {'1'}, TestContext.first()))
        .isEqualTo(Outcome.succeed("PushDeclaration[http://a/]"));
  }
}

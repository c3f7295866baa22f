package io.legwork.worker.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.EndedAttempt.Progress;
import io.legwork.handler.testing.TestContext;
import io.legwork.worker.exec.ExecDeclaration.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ExecHandlerTest {

  @TempDir private Path folder;

  @Test
  void givesTheProgramThePayloadAndKeepsWhatItAnswers() throws Exception {
    assertThat(TestedProgram.script("cat").succeeded("{\"a\":[1.50,\"ä\"]}"))
        .isEqualTo("{\"a\":[1.50,\"ä\"]}");
  }

  @Test
  void neverLetsAPayloadBecomeACommand() throws Exception {
    Path victim = folder.resolve("victim");

    TestedProgram.script("cat > /dev/null").run("\"; touch " + victim + "; $(touch x) `ls`\"");

    assertThat(victim).doesNotExist();
  }

  @Test
  void succeedsWithoutAResultIfNothingIsWritten() throws Exception {
    assertThat(TestedProgram.script("true").succeeded("1")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "75, false", "127, true", "143, false", "3, false", "4, true"})
  void takesTheExitCodeForTheKindOfFailure(int exitCode, boolean permanent) throws Exception {
    var program =
        new TestedProgram(
            TestedProgram.declaration(
                "echo 'no printer' >&2; exit " + exitCode,
                Map.of(3, Meaning.RETRY, 4, Meaning.PERMANENT),
                null));

    Outcome.Failed failed = program.failed();

    assertThat(failed.permanent()).isEqualTo(permanent);
    assertThat(failed.reason()).contains("exit code " + exitCode).contains("no printer");
  }

  @Test
  void mayTakeAnotherExitCodeForSuccess() throws Exception {
    var program =
        new TestedProgram(
            TestedProgram.declaration("echo 7; exit 2", Map.of(2, Meaning.SUCCESS), null));

    assertThat(program.succeeded("{}")).isEqualTo("7");
  }

  @Test
  void triesAgainWhenSomebodyKillsTheProgram() throws Exception {
    Outcome.Failed failed = TestedProgram.script("kill -9 $$").failed();

    assertThat(failed.permanent()).isFalse();
    assertThat(failed.reason()).contains("signal 9");
  }

  @Test
  void triesAgainWhenTheProgramIsNotThere() throws Exception {
    var program =
        new TestedProgram(new ExecDeclaration(List.of("no-such-program"), null, null, null, null));

    assertThat(program.failed().permanent()).isFalse();
    assertThat(program.failed().reason()).contains("no-such-program").contains("cannot be started");
  }

  @Test
  void handsOnOnlyTheVariablesThatAreAllowed() throws Exception {
    var declaration =
        new ExecDeclaration(
            List.of("sh", "-c", "env >&2; exit 1"),
            List.of("PATH", "MODE=fast"),
            Map.of(),
            null,
            null);

    String variables = new TestedProgram(declaration).failed().reason();

    var script = TestedProgram.script("test -z \"$JAVA_HOME$USER$MODE\" && test -n \"$PATH\"");
    assertThat(script.succeeded("1")).isEqualTo("null");
    assertThat(variables).doesNotContain("JAVA_HOME");
    var named = declaration("test \"$MODE\" = fast", List.of("PATH", "MODE=fast"));
    assertThat(named.succeeded("1")).isEqualTo("null");
  }

  private static TestedProgram declaration(String script, List<String> environment) {
    return new TestedProgram(
        new ExecDeclaration(List.of("sh", "-c", script), environment, null, null, null));
  }

  @Test
  void tellsTheProgramWhichTaskAndAttemptItIs() throws Exception {
    String told =
        TestedProgram.script(
                "echo \"[\\\"$LEGWORK_TASK\\\",$LEGWORK_FENCING_TOKEN,\\\"$TRACEPARENT\\\"]\"")
            .succeeded("1");

    assertThat(told)
        .isEqualTo("[\"" + TestContext.TASK + "\",1,\"" + TestContext.TRACEPARENT + "\"]");
  }

  @Test
  void givesEveryAttemptAFolderOfItsOwnAndDeletesIt() throws Exception {
    var program =
        TestedProgram.script(
            "test \"$(ls)\" = payload.json && mkdir -p a/b && touch a/b/c && ln -s / root"
                + " && echo \"\\\"$PWD\\\"\"");

    String one = program.succeeded("1");
    String other = program.succeeded("1");

    assertThat(one).isNotEqualTo(other);
    assertThat(Path.of(one.replace("\"", ""))).doesNotExist();
    assertThat(Path.of("/etc")).exists();
  }

  @Test
  void obeysTheLinesOfTheProtocol() throws Exception {
    var program =
        TestedProgram.script(
            """
            echo '::legwork progress 40 page 4 of 10' >&2
            echo '::legwork nonsense' >&2
            echo '::legwork progress many' >&2
            echo '::legwork checkpoint {"page":4}' >&2
            echo '::legwork log warning no template' >&2
            """);

    program.succeeded("1");

    assertThat(program.attempt().progress()).containsExactly(new Progress(40, "page 4 of 10"));
    assertThat(program.attempt().lastCheckpoint(JsonNode.class))
        .hasToString("Optional[{\"page\":4}]");
  }

  @Test
  void givesTheProgramTheLastCheckpoint() throws Exception {
    var program =
        TestedProgram.script(
            "cat checkpoint.json 2>/dev/null || echo '::legwork checkpoint [1]' >&2");

    assertThat(program.succeeded("1")).isEqualTo("null");
    assertThat(program.succeeded("1")).isEqualTo("[1]");
  }

  @Test
  void letsTheProgramNameTheNextTime() throws Exception {
    assertThat(TestedProgram.script("echo '::legwork retry-after 30s busy' >&2; exit 75").run("1"))
        .isEqualTo(Outcome.retryAfter(Duration.ofSeconds(30), "busy"));
    assertThat(TestedProgram.script("echo '::legwork snooze 5m' >&2; exit 75").run("1"))
        .isEqualTo(Outcome.snooze(Duration.ofMinutes(5)));
    assertThat(TestedProgram.script("echo '::legwork snooze 5m' >&2").succeeded("1"))
        .isEqualTo("null");
  }

  @Test
  void killsAProgramThatPrintsWithoutEnd() throws Exception {
    Outcome.Failed output = TestedProgram.script("yes").failed();
    Outcome.Failed errors = TestedProgram.script("yes >&2").failed();

    assertThat(output.permanent()).isTrue();
    assertThat(output.reason()).contains("1,048,576 bytes to its standard output");
    assertThat(errors.reason()).contains("bytes to its standard error");
  }

  @Test
  void refusesAnAnswerThatIsNotUtf8() throws Exception {
    Outcome.Failed failed = TestedProgram.script("printf '\"\\377\"'").failed();

    assertThat(failed.permanent()).isTrue();
    assertThat(failed.reason()).contains("not UTF-8");
  }

  @Test
  void keepsAReasonThatIsNotUtf8() throws Exception {
    assertThat(TestedProgram.script("printf 'br\\377ken' >&2; exit 1").failed().reason())
        .contains("br\uFFFDken");
  }

  @Test
  void refusesAnAnswerThatIsNotJson() throws Exception {
    assertThat(TestedProgram.script("echo hello").failed().reason()).contains("not one JSON");
    assertThat(TestedProgram.script("echo 1 2").failed().reason()).contains("not one JSON");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void killsWhatAProgramLeavesBehind() throws Exception {
    Path pid = folder.resolve("pid");

    String result =
        TestedProgram.script("setsid sleep 300 & echo $! > " + pid + "; echo 1").succeeded("1");

    assertThat(result).isEqualTo("1");
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
        .matches(left -> left.filter(ExecHandlerTest::runs).isEmpty());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void killsTheWholeTreeWhenTheAttemptIsOver() throws Exception {
    Path pids = folder.resolve("pids");
    var running =
        new TestedProgram.Running(
            TestedProgram.script(
                """
                sleep 300 & echo $! >> %1$s
                setsid sh -c 'echo $$ >> %1$s; trap "" TERM; sleep 300; sleep 300' &
                (setsid sh -c 'sleep 300 & echo $! >> %1$s' &)
                echo $$ >> %1$s
                wait
                """
                    .formatted(pids)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 4);
    List<ProcessHandle> tree =
        Files.readAllLines(pids).stream()
            .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
            .toList();

    assertThat(running.interrupt()).isInstanceOf(InterruptedException.class);

    assertThat(tree).noneMatch(ExecHandlerTest::runs);
  }

  /** A process that has ended stays visible until its parent has taken note. */
  private static boolean runs(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return process.isAlive() && !status.contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void boundsWhatTheSystemLetsItBound() throws Exception {
    var limits = new ProgramLimits(null, null, DataSize.ofKilobytes(4), null);
    var program =
        new TestedProgram(
            TestedProgram.declaration("head -c 100000 /dev/zero > big", null, limits));

    assertThat(program.run("1")).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void refusesADeclarationWithoutAProgram() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExecDeclaration(List.of(), null, null, null, null))
        .withMessageContaining("command");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExecDeclaration(List.of("x"), null, null, -1, null));
  }
}

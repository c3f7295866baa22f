package io.legwork.worker.handlers;

import static io.legwork.worker.handlers.JarBuilder.handlerCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.handler.testing.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerRegistryTest {

  private static final byte[] ANY_PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path work;
  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(work.resolve("handlers"));
  }

  @Test
  void registersBuiltInHandlersAndThoseOfJars() throws Exception {
    JarBuilder.in(work).handler("Greets", "greet", "\"hello\"").pack(folder.resolve("greets.jar"));

    try (HandlerRegistry registry = open(new Echo())) {
      assertThat(registry.types()).containsExactly("echo", "greet");
      assertThat(registry.find("unknown")).isEmpty();
      assertThat(run(registry, "greet")).isEqualTo(Outcome.succeed("hello"));
      RegisteredHandler echo = registry.find("echo").orElseThrow();
      assertThat(echo.concurrency()).isEqualTo(3);
      assertThat(echo.cpuBound()).isTrue();
    }
  }

  @Test
  void runsWithoutAFolder() {
    try (HandlerRegistry registry =
        HandlerRegistry.of(List.of(), HandlerFolder.none(), List.of())) {
      assertThat(registry.types()).isEmpty();
    }
  }

  @Test
  void passesOverWhatIsNotAJar() throws Exception {
    Files.writeString(folder.resolve("README.md"), "no jar");

    try (HandlerRegistry registry = open()) {
      assertThat(registry.types()).isEmpty();
    }
  }

  @Test
  void aHandlerFindsTheClassesAndResourcesOfOtherJarsInTheFolder() throws Exception {
    Path library =
        JarBuilder.in(work)
            .source(
                "lib.Words",
                """
                package lib;
                public class Words {
                  public static String loader() {
                    return Thread.currentThread().getContextClassLoader().getName();
                  }
                }
                """)
            .pack(folder.resolve("words.jar"));
    JarBuilder.in(work)
        .source("Talks", handlerCode("Talks", "talk", "lib.Words.loader()"))
        .registered("# what this jar handles", "", "Talks # talks")
        .pack(folder.resolve("talks.jar"), library);
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    try (HandlerRegistry registry = open()) {
      assertThat(run(registry, "talk")).isEqualTo(Outcome.succeed("handlers"));
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void refusesTwoHandlersForOneType() throws Exception {
    JarBuilder.in(work).handler("One", "greet", "1").pack(folder.resolve("a.jar"));
    JarBuilder.in(work).handler("Two", "greet", "2").pack(folder.resolve("b.jar"));

    assertRefused(this::open, "The task type 'greet' has two handlers: One in a.jar, and Two in");
  }

  @Test
  void refusesAJarThatTakesABuiltInType() throws Exception {
    JarBuilder.in(work).handler("Mine", "echo", "1").pack(folder.resolve("mine.jar"));

    assertRefused(
        () -> open(new Echo()), "'echo'", "Echo in the application itself", "Mine in mine.jar");
  }

  @Test
  void refusesTwoVersionsOfOneJar() throws Exception {
    JarBuilder.in(work).handler("Greets", "greet", "1").pack(folder.resolve("greets-1.0.jar"));
    JarBuilder.in(work).handler("Greets", "greet", "2").pack(folder.resolve("greets-1.1.jar"));

    assertRefused(this::open, "The class Greets", "greets-1.0.jar, and greets-1.1.jar");
  }

  @Test
  void refusesAHandlerThatNamesNoType() throws Exception {
    JarBuilder.in(work)
        .source("Mute", handlerCode("Mute", "", "1").replace("@Handles(\"\")", ""))
        .registered("Mute")
        .pack(folder.resolve("mute.jar"));

    assertRefused(this::open, "Mute in mute.jar does not say which task type it runs");
  }

  @Test
  void refusesATypeThatNoTaskCanHave() throws Exception {
    JarBuilder.in(work).handler("Odd", "greet..all", "1").pack(folder.resolve("odd.jar"));

    assertRefused(this::open, "'greet..all' is not made of letters");
  }

  @Test
  void refusesNegativeConcurrency() {
    assertRefused(() -> open(new Negative()), "concurrency is negative: -1");
  }

  @Test
  void refusesAHandlerWithoutAPayloadType() {
    assertRefused(() -> open(new Open<String>()), "leaves open into which type its payload");
  }

  @Test
  void refusesAJarThatIsNone() throws Exception {
    JarBuilder.notAJar(folder.resolve("broken.jar"));

    assertRefused(this::open, "broken.jar is not a readable jar");
  }

  @Test
  void refusesARegisteredClassThatIsMissing() throws Exception {
    JarBuilder.in(work).registered("not.There").pack(folder.resolve("empty.jar"));

    assertRefused(this::open, "not.There, registered by empty.jar", "ClassNotFoundException");
  }

  @Test
  void refusesAHandlerWhoseDependencyIsMissing() throws Exception {
    Path library =
        JarBuilder.in(work)
            .source("lib.Base", "package lib; public class Base {}")
            .pack(work.resolve("base.jar"));
    JarBuilder.in(work)
        .source("Needy", handlerCode("Needy extends lib.Base", "needy", "1"))
        .registered("Needy")
        .pack(folder.resolve("needy.jar"), library);

    assertRefused(this::open, "Needy, registered by needy.jar", "lib/Base");
  }

  @Test
  void refusesAClassThatIsNoHandler() throws Exception {
    JarBuilder.in(work)
        .source("Plain", "public class Plain {}")
        .registered("Plain")
        .pack(folder.resolve("plain.jar"));

    assertRefused(this::open, "Plain, registered by plain.jar, cannot be loaded");
  }

  @Test
  void refusesAHandlerWhoseConstructorFails() throws Exception {
    JarBuilder.in(work)
        .source(
            "Fails",
            handlerCode("Fails", "fails", "1")
                .replaceFirst(
                    "\\{", "{ public Fails() { throw new RuntimeException(\"no key\"); }"))
        .registered("Fails")
        .pack(folder.resolve("fails.jar"));

    assertRefused(this::open, "Fails, registered by fails.jar", "no key");
  }

  @Test
  void refusesAFolderThatDoesNotExist() throws Exception {
    Files.delete(folder);

    assertRefused(this::open, "handlers cannot be read (NoSuchFileException)");
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws Exception {
    Files.delete(folder);
    Files.writeString(folder, "a file");

    assertRefused(this::open, "handlers cannot be read (NotDirectoryException)");
  }

  private HandlerRegistry open(Handler<?>... builtIn) {
    return HandlerRegistry.of(List.of(builtIn), HandlerFolder.open(folder), List.of());
  }

  private static Outcome run(HandlerRegistry registry, String type) throws InterruptedException {
    return registry.find(type).orElseThrow().run(ANY_PAYLOAD, TestContext.first());
  }

  private static void assertRefused(ThrowingCallable start, String... sayings) {
    assertThatExceptionOfType(HandlerLoadingException.class)
        .isThrownBy(start)
        .satisfies(e -> assertThat(e.getMessage()).contains(sayings).contains("did not start"))
        .satisfies(e -> assertThat(e.action()).isNotBlank());
  }

  @Handles(value = "echo", concurrency = 3, cpuBound = true)
  private static final class Echo implements Handler<String> {
    @Override
    public Outcome handle(String payload, TaskContext task) {
      return Outcome.succeed(payload);
    }
  }

  @Handles(value = "negative", concurrency = -1)
  private static final class Negative implements Handler<String> {
    @Override
    public Outcome handle(String payload, TaskContext task) {
      return Outcome.succeed();
    }
  }

  @Handles("open")
  private static final class Open<T> implements Handler<T> {
    @Override
    public Outcome handle(T payload, TaskContext task) {
      return Outcome.succeed();
    }
  }
}

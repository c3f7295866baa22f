package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.local.service.LocalStackException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command makes of a source file what a worker loads. */
class HandlerPackageIT {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final int MOST_LINES = 25;

  @TempDir private Path folder;

  @Test
  void packsTheFirstHandlerOfTheGuideWhichIsShort() throws Exception {
    var guide = Files.readString(CHECKOUT.resolve("docs/handlers.md"));
    var example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(example.find()).isTrue();
    var source = folder.resolve("Greet.java");
    Files.writeString(source, example.group(1));
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(MOST_LINES);

    var jar = handlerPackage().pack(List.of(source));

    assertThat(registered(jar)).containsExactly("Greet");
  }

  @Test
  void replacesAnOlderJarOfTheSameName() throws Exception {
    var source = folder.resolve("Same.java");
    Files.writeString(source, handler("Same"));
    handlerPackage().pack(List.of(source));
    Files.writeString(source, handler("Same") + handler("Other"));

    var jar = handlerPackage().pack(List.of(source));

    assertThat(registered(jar)).containsExactlyInAnyOrder("Same", "Other");
  }

  @Test
  void saysWhatTheCompilerSaysAndLeavesNoJar() throws Exception {
    var source = folder.resolve("Broken.java");
    Files.writeString(source, "class Broken {");

    assertThatThrownBy(() -> handlerPackage().pack(List.of(source)))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("Broken.java:1");
    assertThat(home().handlers()).isEmptyDirectory();
  }

  @Test
  void saysThatThereIsNoHandler() throws Exception {
    var source = folder.resolve("Nothing.java");
    Files.writeString(source, "class Nothing {}");

    assertThatThrownBy(() -> handlerPackage().pack(List.of(source)))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("@Handles");
  }

  private static String handler(String name) {
    return """
    @io.legwork.handler.Handles("%1$s")
    class %1$s implements io.legwork.handler.Handler<Integer> {
      public %1$s() {}
      public io.legwork.handler.Outcome handle(Integer payload, io.legwork.handler.TaskContext task) {
        return io.legwork.handler.Outcome.succeed();
      }
    }
    """
        .formatted(name);
  }

  private static List<String> registered(Path jar) throws Exception {
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      return ServiceLoader.load(Class.forName("io.legwork.handler.Handler"), loader).stream()
          .map(found -> found.type().getName())
          .toList();
    }
  }

  private HandlerPackage handlerPackage() {
    return new HandlerPackage(home(), new Terminal(System.out));
  }

  private Home home() {
    return new Home(CHECKOUT, folder.resolve("state"));
  }
}

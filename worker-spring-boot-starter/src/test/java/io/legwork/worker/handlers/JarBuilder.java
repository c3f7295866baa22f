package io.legwork.worker.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Handler;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds the jars that handler authors would drop into the folder. */
public final class JarBuilder {

  private final Path work;
  private final List<JavaFileObject> sources = new ArrayList<>();
  private String registration = "";

  private JarBuilder(Path work) {
    this.work = work;
  }

  /** A jar built in an empty folder of its own. */
  public static JarBuilder in(Path work) {
    return new JarBuilder(work);
  }

  public JarBuilder source(String className, String code) {
    sources.add(new Source(className, code));
    return this;
  }

  /** Adds a handler of the given type that answers with the given expression; registers it. */
  public JarBuilder handler(String className, String type, String answer) {
    return source(className, handlerCode(className, type, answer)).registered(className);
  }

  static String handlerCode(String className, String type, String answer) {
    return """
    import io.legwork.handler.Handler;
    import io.legwork.handler.Handles;
    import io.legwork.handler.Outcome;
    import io.legwork.handler.TaskContext;

    @Handles("%s")
    public class %s implements Handler<Object> {
      public Outcome handle(Object payload, TaskContext task) {
        return Outcome.succeed(%s);
      }
    }
    """
        .formatted(type, className, answer);
  }

  public JarBuilder registered(String... lines) {
    registration += String.join("\n", lines) + "\n";
    return this;
  }

  /** Compiles the sources and packs them. */
  public Path pack(Path jar, Path... classPath) throws IOException {
    Path classes = Files.createTempDirectory(work, "classes");
    compile(classes, classPath);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    if (!registration.isEmpty()) {
      Files.writeString(services.resolve(Handler.class.getName()), registration);
    }
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  private void compile(Path classes, Path... classPath) {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> path = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    Arrays.stream(classPath).map(Path::toString).forEach(path::add);
    List<String> options =
        List.of("-d", classes.toString(), "-proc:none", "-cp", String.join(":", path));
    StringWriter messages = new StringWriter();
    boolean done = compiler.getTask(messages, null, null, options, null, sources).call();
    assertThat(done).as(messages.toString()).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String code;

    Source(String className, String code) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  /** A file with a jar's name and none of its nature. */
  static Path notAJar(Path path) throws IOException {
    return Files.write(path, "no jar at all".getBytes(StandardCharsets.UTF_8));
  }
}

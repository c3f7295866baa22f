package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Makes a jar of the source files of handlers, as a worker wants it, and lays it into the workers'
 * folder. What they depend on is looked for there, too.
 */
final class HandlerPackage {

  private static final String REGISTRATION = "META-INF/services/io.legwork.handler.Handler";
  private static final String DECLARED = "io.legwork.handler.Handles";
  private static final int MISUSED = 2;

  private final Home home;
  private final Terminal terminal;

  HandlerPackage(Home home, Terminal terminal) {
    this.home = home;
    this.terminal = terminal;
  }

  int run(List<String> sources) {
    if (sources.isEmpty() || !sources.stream().allMatch(source -> source.endsWith(".java"))) {
      System.err.println("legwork: usage: ./legwork handler YourHandler.java [More.java …]");
      return MISUSED;
    }
    var jar = pack(sources.stream().map(Path::of).toList());
    terminal.say("%s is there; `./legwork up` starts the workers with it.".formatted(jar));
    return 0;
  }

  /**
   * Packs them, named for the first.
   *
   * @return the jar
   * @throws LocalStackException if they cannot be compiled, or hold no handler
   */
  Path pack(List<Path> sources) {
    Folders.create(home.handlers());
    var name = sources.getFirst().getFileName().toString().replaceFirst("\\.java$", "");
    var jar = home.handlers().resolve(name + ".jar");
    try {
      var classes = Files.createTempDirectory("legwork-handler-");
      try {
        var libraries = libraries(jar);
        compile(sources, classes, libraries);
        write(jar, classes, handlers(classes, libraries));
      } finally {
        Folders.delete(classes);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> libraries(Path jar) throws IOException {
    var libraries = new ArrayList<>(List.of(home.built("handler-api", ".jar")));
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.handlers(), "*.jar")) {
      jars.forEach(libraries::add);
    }
    libraries.remove(jar);
    return libraries;
  }

  private static void compile(List<Path> sources, Path classes, List<Path> libraries) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var path =
          libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      var options = List.of("-d", classes.toString(), "-cp", path, "-parameters", "-proc:none");
      var units = files.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(said, files, null, options, null, units).call()) {
        throw new LocalStackException("It cannot be compiled, so no jar was made:\n" + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> handlers(Path classes, List<Path> libraries) throws IOException {
    var path = new ArrayList<URL>();
    path.add(classes.toUri().toURL());
    for (var library : libraries) {
      path.add(library.toUri().toURL());
    }
    try (var loader = new URLClassLoader(path.toArray(URL[]::new))) {
      var handlers = new ArrayList<String>();
      for (var file : files(classes)) {
        var name = entry(classes, file).replaceFirst("\\.class$", "").replace('/', '.');
        if (isHandler(loader.loadClass(name))) {
          handlers.add(name);
        }
      }
      if (handlers.isEmpty()) {
        throw new LocalStackException(
            "There is no handler in it, so no jar was made. Annotate a public class that implements"
                + " Handler with @Handles(\"your.type\").");
      }
      return handlers;
    } catch (ClassNotFoundException e) {
      throw new LocalStackException("What was compiled cannot be read.", e);
    }
  }

  private static boolean isHandler(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Arrays.stream(type.getAnnotations())
            .map(Annotation::annotationType)
            .anyMatch(annotation -> annotation.getName().equals(DECLARED));
  }

  private static void write(Path jar, Path classes, List<String> handlers) throws IOException {
    var unfinished = jar.resolveSibling(jar.getFileName() + ".unfinished");
    try (var out = new JarOutputStream(Files.newOutputStream(unfinished))) {
      out.putNextEntry(new JarEntry(REGISTRATION));
      out.write(String.join("\n", handlers).getBytes(StandardCharsets.UTF_8));
      for (var file : files(classes)) {
        out.putNextEntry(new JarEntry(entry(classes, file)));
        Files.copy(file, out);
      }
    }
    Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String entry(Path classes, Path file) {
    return classes.relativize(file).toString().replace('\\', '/');
  }
}

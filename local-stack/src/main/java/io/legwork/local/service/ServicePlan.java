package io.legwork.local.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a service.
 *
 * @param name names the process and its log
 * @param jar the application
 * @param logs the folder for its log
 * @param prefix what stands before the command, such as {@code taskset -c 0}; may be empty
 * @param options for its JVM
 * @param environment its settings besides addresses and ports
 */
public record ServicePlan(
    String name,
    Path jar,
    Path logs,
    List<String> prefix,
    List<String> options,
    Map<String, String> environment) {

  /** Takes copies. */
  public ServicePlan {
    prefix = List.copyOf(prefix);
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Where the classes are kept that an application has loaded. */
  static Path cache(Path jar) {
    return jar.resolveSibling("app.aot");
  }

  List<String> command() {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    if (Files.exists(cache(jar))) {
      command.add("-XX:AOTCache=" + cache(jar));
    }
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }
}

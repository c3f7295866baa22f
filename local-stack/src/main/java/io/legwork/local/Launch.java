package io.legwork.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a long-running process.
 *
 * @param environment its whole environment
 * @param log receives both of its output streams, after what is there already
 * @param detached whether it outlives us and the terminal we were started from
 */
record Launch(List<String> command, Map<String, String> environment, Path log, boolean detached) {

  private static final long LARGE = 16L * 1024 * 1024;
  private static final File NOTHING = new File("/dev/null");

  Process start() throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    setAsideLargeLog();
    var builder = new ProcessBuilder(detached ? inOwnSession() : command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .redirectInput(NOTHING)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** One older log is kept, so that logs do not grow with every start. */
  private void setAsideLargeLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > LARGE) {
      var older = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, older, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A session of its own keeps Ctrl-C and a closed terminal away; the process id stays ours. */
  private List<String> inOwnSession() {
    var full = new ArrayList<String>();
    full.add(Executables.find("setsid").isPresent() ? "setsid" : "nohup");
    full.addAll(command);
    return full;
  }
}

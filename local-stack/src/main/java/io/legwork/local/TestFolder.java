package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the servers of one JVM's tests live. A JVM that was killed could not stop its servers: the
 * next one does, recognising them by the folder they left behind.
 */
final class TestFolder {

  private static final String OWNER = "owner.pid";
  private static final String PID_FILE = ".pid";

  private final Path folder;

  private TestFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A new folder for this JVM; what JVMs that are gone left under the same base is cleared. Several
   * JVMs begin at once where modules are tested in parallel: one at a time clears and says that its
   * own folder has an owner, or one would delete what another is just reading or writing.
   */
  static TestFolder in(Path base) {
    Folders.create(base);
    try (var _ = LockFile.ofTests(base)) {
      abandoned(base).forEach(TestFolder::clear);
      var jvm = ProcessHandle.current().pid();
      var own = base.resolve(Names.unique("jvm-" + jvm));
      new Daemon("tests", own.resolve(OWNER)).record(jvm);
      return new TestFolder(own);
    }
  }

  static TestFolder create() {
    var user = System.getProperty("user.name");
    return in(Path.of(System.getProperty("java.io.tmpdir"), "legwork-tests-" + user));
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  private static List<Path> abandoned(Path base) {
    try (Stream<Path> children = Files.list(base)) {
      return children
          .filter(child -> Files.exists(child.resolve(OWNER)))
          .filter(child -> !new Daemon("tests", child.resolve(OWNER)).isRunning())
          .toList();
    } catch (IOException e) {
      throw new LocalStackException("The folder " + base + " could not be read.", e);
    }
  }

  private static void clear(Path abandoned) {
    try (Stream<Path> files = Files.walk(abandoned, 2)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(PID_FILE))
          .map(file -> new Daemon("abandoned", file))
          .forEach(daemon -> daemon.stop(Signal.KILL, Duration.ofSeconds(5)));
    } catch (IOException e) {
      throw new LocalStackException("The folder " + abandoned + " could not be read.", e);
    }
    Folders.delete(abandoned);
  }
}

package io.legwork.worker.exec;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a program works in: made for one attempt, readable by nobody else, and deleted.
 */
record WorkFolder(Path path) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

  /** Makes an empty folder in the system's folder for temporary files. */
  static WorkFolder create() throws IOException {
    return new WorkFolder(Files.createTempDirectory("legwork-task-"));
  }

  /** Writes a file for the program to read. */
  Path write(String name, byte[] content) throws IOException {
    return Files.write(path.resolve(name), content);
  }

  /** Deletes the folder and what is in it; what links point to stays. */
  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException left) {
      LOG.atWarn()
          .addKeyValue("folder", path)
          .addKeyValue("reason", left.getMessage())
          .log("exec.folder_left: what a program left behind could not be deleted; delete it");
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}

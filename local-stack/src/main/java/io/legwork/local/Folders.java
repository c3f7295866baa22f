package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What we do with folders and the small files in them. */
final class Folders {

  private Folders() {}

  /** Creates a folder that nobody else can look into. */
  static void createPrivate(Path folder) {
    create(folder);
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new LocalStackException("The folder " + folder + " could not be made private.", e);
    }
  }

  /** Changes when a file is added to the folder, removed from it or written anew. */
  static String fingerprint(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return Integer.toHexString(
          files
              .sorted()
              .map(file -> file + " " + file.toFile().lastModified())
              .collect(Collectors.joining("\n"))
              .hashCode());
    } catch (IOException e) {
      return "none";
    }
  }

  static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LocalStackException("The folder " + folder + " could not be created.", e);
    }
  }

  /** Writes a file that only its owner can read, from its first byte on. */
  static void writeSecret(Path file, String content, String permissions) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.deleteIfExists(file);
      var mode = PosixFilePermissions.fromString(permissions);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, mode);
    } catch (IOException e) {
      throw new LocalStackException("The file " + file + " could not be written.", e);
    }
  }

  static void write(Path file, String content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new LocalStackException("The file " + file + " could not be written.", e);
    }
  }

  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new LocalStackException("%s could not be moved to %s.".formatted(from, to), e);
    }
  }

  /** The last lines of a log, for an error message; empty if there is none. */
  static List<String> tail(Path log, int count) {
    try {
      var lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Deletes the folder with all it holds; a folder that is not there is no error. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " could not be deleted.", e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    /** A file that vanished meanwhile is what we wanted. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException && Files.notExists(file)) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}

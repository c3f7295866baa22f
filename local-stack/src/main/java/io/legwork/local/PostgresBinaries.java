package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL as it comes on the class path, unpacked once per user and version. */
final class PostgresBinaries {

  private static final int EXECUTABLE = 0100;

  private PostgresBinaries() {}

  /** The folder with bin, lib and share; unpacked now if it is not there yet. */
  static Path unpacked() {
    try {
      var archive = archive();
      var folder = Home.userCache().resolve("postgresql-" + digest(archive));
      if (Files.notExists(folder)) {
        unpack(archive, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new LocalStackException(
          "PostgreSQL could not be unpacked to %s (%s); make that folder writable."
              .formatted(Home.userCache(), e.getMessage()),
          e);
    }
  }

  static byte[] archive() throws IOException {
    var system = System.getProperty("os.name");
    var machine = System.getProperty("os.arch");
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system.startsWith("Mac") ? "Darwin" : system,
            "amd64".equals(machine) ? "x86_64" : machine)) {
      return archive.readAllBytes();
    } catch (IllegalStateException e) {
      throw new LocalStackException(
          "There is no embedded PostgreSQL for %s on %s; use `docker compose up` here."
              .formatted(system, machine),
          e);
    }
  }

  private static String digest(byte[] archive) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(sha256, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /** Appears complete or not at all, also when several processes unpack at the same time. */
  static void unpack(byte[] archive, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    var unfinished = Files.createTempDirectory(folder.getParent(), "unpacking-");
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new java.io.ByteArrayInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, unfinished);
      }
      moveUnlessThere(unfinished, folder);
    } finally {
      Folders.delete(unfinished);
    }
  }

  /** What a process that was faster has left is as good; systems differ in how they say so. */
  private static void moveUnlessThere(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException refused) {
      if (Files.notExists(folder)) {
        throw refused;
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    var target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive names a file outside of it: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & EXECUTABLE) != 0) {
      var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(target, permissions);
    }
  }
}

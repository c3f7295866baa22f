package io.legwork.worker.bindings;

import io.legwork.worker.exec.ExecDeclaration;
import io.legwork.worker.exec.ExecHandler;
import io.legwork.worker.handlers.HandlerLoadingException;
import io.legwork.worker.handlers.HandlerSource;
import io.legwork.worker.handlers.RegisteredHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The declarations that lie beside the handlers' jars. */
final class BindingFolder implements HandlerSource {

  private final @Nullable Path folder;

  /**
   * @param folder null for none
   */
  BindingFolder(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Reads every {@code *.yaml} and {@code *.yml} of the folder.
   *
   * @throws HandlerLoadingException if one cannot be used
   */
  @Override
  public List<RegisteredHandler> handlers() {
    Path named = folder;
    return named == null
        ? List.of()
        : files(named).stream().flatMap(file -> read(file, named).stream()).toList();
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      found.forEach(files::add);
    } catch (IOException | DirectoryIteratorException unreadable) {
      throw HandlerLoadingException.unreadableFolder(folder, unreadable);
    }
    return files.stream().sorted().toList();
  }

  private static List<RegisteredHandler> read(Path file, Path folder) {
    try {
      return BindingReader.read(Files.readString(file)).stream()
          .map(binding -> bound(binding, file, folder))
          .toList();
    } catch (IllegalArgumentException fault) {
      throw HandlerLoadingException.unusableDeclaration(file, fault);
    } catch (IOException unreadable) {
      throw HandlerLoadingException.unusableDeclaration(file, new UncheckedIOException(unreadable));
    }
  }

  private static RegisteredHandler bound(BindingDeclaration binding, Path file, Path folder) {
    String origin = "the declaration " + file.getFileName();
    ExecDeclaration exec = binding.exec();
    if (exec == null) {
      throw new IllegalArgumentException("exec is missing");
    }
    return RegisteredHandler.of(
        binding.declaration(), origin, new ExecHandler(exec, folder.toAbsolutePath()));
  }
}

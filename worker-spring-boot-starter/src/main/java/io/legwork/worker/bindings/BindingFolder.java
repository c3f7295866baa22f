package io.legwork.worker.bindings;

import io.legwork.worker.exec.ExecDeclaration;
import io.legwork.worker.exec.ExecHandler;
import io.legwork.worker.handlers.HandlerLoadingException;
import io.legwork.worker.handlers.HandlerSource;
import io.legwork.worker.handlers.RegisteredHandler;
import io.legwork.worker.push.PushDeclaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The declarations that lie beside the handlers' jars. */
final class BindingFolder implements HandlerSource {

  private final @Nullable Path folder;
  private final Function<PushDeclaration, RegisteredHandler.OfJson> endpoints;

  /**
   * @param folder null for none
   * @param endpoints makes the handler of a declared endpoint
   */
  BindingFolder(
      @Nullable Path folder, Function<PushDeclaration, RegisteredHandler.OfJson> endpoints) {
    this.folder = folder;
    this.endpoints = endpoints;
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

  private List<RegisteredHandler> read(Path file, Path folder) {
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

  private RegisteredHandler bound(BindingDeclaration binding, Path file, Path folder) {
    String origin = "the declaration " + file.getFileName();
    return RegisteredHandler.of(binding.declaration(), origin, handler(binding, folder));
  }

  private RegisteredHandler.OfJson handler(BindingDeclaration binding, Path folder) {
    ExecDeclaration exec = binding.exec();
    return exec != null
        ? new ExecHandler(exec, folder.toAbsolutePath())
        : endpoints.apply(Objects.requireNonNull(binding.http()));
  }
}

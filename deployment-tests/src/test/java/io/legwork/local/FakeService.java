package io.legwork.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands for a packaged service: lays itself out like one, and answers for its health like one. */
public final class FakeService {

  private static final int OK = 200;

  private FakeService() {}

  /** Lays the jar out if asked to, otherwise serves until it is ended. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      layOut(Path.of(arguments[2]));
      return;
    }
    var port = Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT"));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/actuator/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(OK, -1);
          exchange.close();
        });
    server.start();
  }

  private static void layOut(Path destination) throws IOException {
    var jar = Path.of(System.getProperty("java.class.path"));
    Files.createDirectories(destination);
    Files.copy(jar, destination.resolve(jar.getFileName()));
  }

  /** Writes the jar where the build of a checkout would leave that of the module. */
  static void build(Path root, String module) throws IOException {
    var jar = root.resolve(module).resolve("target").resolve(module + "-1-app.jar");
    Files.createDirectories(jar.getParent());
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    var resource = FakeService.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var bytes = FakeService.class.getClassLoader().getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException("there is no " + resource);
      }
      out.putNextEntry(new JarEntry(resource));
      bytes.transferTo(out);
    }
  }
}

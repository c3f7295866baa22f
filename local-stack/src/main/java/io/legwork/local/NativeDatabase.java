package io.legwork.local;

import io.legwork.local.service.Command;
import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL as a process of our own, with durable settings and reachable from loopback alone. */
final class NativeDatabase implements Database, Part {

  /**
   * What makes the server ours.
   *
   * @param folder holds everything the server reads and writes
   * @param detached whether it outlives the JVM that starts it
   */
  record Settings(Path folder, Path log, String password, int port, boolean detached) {

    Settings {
      folder = folder.toAbsolutePath();
    }
  }

  static final String NAME = "legwork";

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final String HOST = "127.0.0.1";

  private final Settings settings;
  private final Daemon server;

  NativeDatabase(Settings settings) {
    this.settings = settings;
    this.server = new Daemon("database", settings.folder().resolve("database.pid"));
  }

  /** A server on a free port that ends with this JVM. */
  static NativeDatabase inFolder(Path folder, FreePorts ports) {
    return new NativeDatabase(
        new Settings(
            folder, folder.resolve("postgresql.log"), Names.password(), ports.any(), false));
  }

  @Override
  public Daemon daemon() {
    return server;
  }

  @Override
  public Path log() {
    return settings.log();
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.DATABASE);
  }

  @Override
  public boolean isReady() {
    return Readiness.answers(access());
  }

  @Override
  public DatabaseAccess access() {
    return access(NAME);
  }

  @Override
  public DatabaseAccess access(String database) {
    return DatabaseAccess.of(HOST, settings.port(), database, NAME, settings.password());
  }

  @Override
  public void start() {
    var binaries = PostgresBinaries.unpacked();
    if (Files.notExists(data().resolve("PG_VERSION"))) {
      initialise(binaries);
    }
    server.start(new Launch(command(binaries), System.getenv(), log(), settings.detached()));
    Readiness.of(server, log(), START_LIMIT, () -> Readiness.answers(access("postgres")));
    createDatabase();
  }

  @Override
  public void stop() {
    server.stop(Signal.INT, GRACE);
  }

  @Override
  public void kill() {
    server.stop(Signal.QUIT, GRACE);
  }

  @Override
  public void close() {
    kill();
    Folders.delete(settings.folder());
  }

  /** The data folder gets its name only when it is complete. */
  private void initialise(Path binaries) {
    var unfinished = settings.folder().resolve("data.unfinished");
    Folders.delete(unfinished);
    var password = settings.folder().resolve("password");
    Folders.writeSecret(password, settings.password() + "\n", "rw-------");
    var command = new ArrayList<>(NonRoot.prefix());
    command.addAll(
        List.of(
            binaries.resolve("bin/initdb").toString(),
            "--pgdata=" + unfinished,
            "--username=" + NAME,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    if (!settings.detached()) {
      // Nothing is in it yet, and it ends with this JVM: only a crash of the machine could hurt it.
      command.add("--no-sync");
    }
    new Command(command).run(START_LIMIT);
    Folders.move(unfinished, data());
    Folders.delete(password);
  }

  private List<String> command(Path binaries) {
    var command = new ArrayList<>(NonRoot.prefix());
    command.addAll(
        List.of(
            binaries.resolve("bin/postgres").toString(),
            "-D",
            data().toString(),
            "-p",
            Integer.toString(settings.port())));
    for (var option :
        List.of(
            "listen_addresses=" + HOST,
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "timezone=UTC",
            "log_timezone=UTC")) {
      command.add("-c");
      command.add(option);
    }
    return command;
  }

  private Path data() {
    return settings.folder().resolve("data");
  }

  private void createDatabase() {
    var admin = access("postgres");
    try (var connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.username(), admin.password());
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE " + NAME);
      }
    } catch (SQLException e) {
      throw new LocalStackException("The database " + NAME + " could not be created.", e);
    }
  }
}

package io.legwork.local;

import io.legwork.local.service.Command;
import io.legwork.local.service.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A private node of the RabbitMQ that is installed on this machine. Its name, ports, data, cookie
 * and Erlang port mapper are its own, so that it neither sees nor disturbs any other broker.
 */
final class NativeBroker implements Broker, Part {

  /**
   * What makes the node ours.
   *
   * @param folder holds everything the node reads and writes
   * @param detached whether it outlives the JVM that starts it
   */
  record Settings(
      Path folder,
      Path log,
      String password,
      int port,
      int distributionPort,
      int portMapperPort,
      boolean detached) {

    Settings {
      folder = folder.toAbsolutePath();
    }
  }

  static final String USER = "legwork";

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration CTL_LIMIT = Duration.ofMinutes(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Settings settings;
  private final Daemon node;
  private final Daemon portMapper;

  NativeBroker(Settings settings) {
    this.settings = settings;
    this.node = new Daemon("broker", settings.folder().resolve("broker.pid"));
    this.portMapper = new Daemon("epmd", settings.folder().resolve("epmd.pid"));
  }

  /** A node with free ports that ends with this JVM. */
  static NativeBroker inFolder(Path folder, FreePorts ports) {
    return new NativeBroker(
        new Settings(
            folder,
            folder.resolve("rabbitmq.log"),
            Names.password(),
            ports.any(),
            ports.any(),
            ports.any(),
            false));
  }

  @Override
  public Daemon daemon() {
    return node;
  }

  Daemon portMapper() {
    return portMapper;
  }

  @Override
  public Path log() {
    return settings.log();
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.BROKER, Port.BROKER_DISTRIBUTION, Port.BROKER_PORT_MAPPER);
  }

  @Override
  public boolean isReady() {
    return Readiness.answers(access());
  }

  @Override
  public BrokerAccess access() {
    return new BrokerAccess("127.0.0.1", settings.port(), USER, settings.password(), "/");
  }

  @Override
  public String rabbitmqctl(String... arguments) {
    var command = new ArrayList<String>();
    command.add(RabbitMqInstallation.required().ctl().toString());
    command.add("--quiet");
    command.addAll(List.of(arguments));
    return new Command(command).environment(environment()).run(CTL_LIMIT);
  }

  @Override
  public void start() {
    var installation = RabbitMqInstallation.required();
    writeConfiguration();
    startPortMapper();
    var command = List.of(installation.server().toString());
    node.start(new Launch(command, environment(), log(), settings.detached()));
    Readiness.of(node, log(), START_LIMIT, this::isReady);
  }

  /** Our own port mapper; without it Erlang would start one that belongs to nobody and stays. */
  private void startPortMapper() {
    if (portMapper.isRunning()) {
      return;
    }
    var program = PortMapper.program();
    var command = List.of(program, "-port", Integer.toString(settings.portMapperPort()));
    var epmdLog = settings.folder().resolve("epmd.log");
    portMapper.start(new Launch(command, environment(), epmdLog, settings.detached()));
    Readiness.of(
        portMapper,
        epmdLog,
        Duration.ofSeconds(10),
        () -> Readiness.listens(settings.portMapperPort()));
  }

  @Override
  public void stop() {
    node.stop(Signal.TERM, GRACE);
    portMapper.stop(Signal.TERM, Duration.ofSeconds(5));
  }

  @Override
  public void kill() {
    node.stop(Signal.KILL, GRACE);
    portMapper.stop(Signal.KILL, Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    stop();
    Folders.delete(settings.folder());
  }

  private void writeConfiguration() {
    Folders.write(settings.folder().resolve("rabbitmq-env.conf"), "");
    Folders.write(settings.folder().resolve("enabled_plugins"), "[].\n");
    Folders.writeSecret(
        settings.folder().resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        default_user = %s
        default_pass = %s
        default_user_tags.administrator = true
        log.file.level = info
        """
            .formatted(settings.port(), USER, settings.password()),
        "rw-------");
    var cookie = settings.folder().resolve("home/.erlang.cookie");
    if (!cookie.toFile().exists()) {
      Folders.writeSecret(cookie, Names.password(), "r--------");
    }
  }

  /** Nothing that speaks to another node or another Erlang is inherited. */
  private Map<String, String> environment() {
    var environment = new HashMap<String, String>(System.getenv());
    environment
        .keySet()
        .removeIf(key ->
            key.startsWith("RABBITMQ_") || key.startsWith("ERL_") || "NOTIFY_SOCKET".equals(key));
    var folder = settings.folder();
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("ERL_CRASH_DUMP", folder.resolve("erl_crash.dump").toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ERL_EPMD_PORT", Integer.toString(settings.portMapperPort()));
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODENAME", "legwork-" + settings.port() + "@localhost");
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(settings.distributionPort()));
    environment.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("rabbitmq-env.conf").toString());
    environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    environment.put("RABBITMQ_LOGS", log().toString());
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
    // Makes the script become the node, instead of watching it as a process in between.
    environment.put("RUNNING_UNDER_SYSTEMD", "true");
    return environment;
  }
}

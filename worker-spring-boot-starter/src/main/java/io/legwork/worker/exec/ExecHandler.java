package io.legwork.worker.exec;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.worker.handlers.RegisteredHandler;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs a program for each attempt: in a folder of its own, with the variables it was allowed, the
 * payload on standard input. The program and all it has started are killed when the attempt is over
 * before it is. Thread-safe.
 */
public final class ExecHandler implements RegisteredHandler.OfJson {

  private static final Logger LOG = LoggerFactory.getLogger(ExecHandler.class);

  private final ExecDeclaration declaration;
  private final List<String> command;
  private final Map<String, String> variables;

  /**
   * @param folder where the declaration lies
   */
  public ExecHandler(ExecDeclaration declaration, Path folder) {
    Map<String, String> worker = System.getenv();
    this.declaration = declaration;
    this.command = limited(declaration, declaration.command(folder), worker);
    this.variables = declaration.environment(worker);
  }

  private static List<String> limited(
      ExecDeclaration declaration, List<String> command, Map<String, String> worker) {
    ProgramLimits limits = declaration.limits();
    if (limits == null) {
      return command;
    }
    Optional<Path> prlimit = ProgramLimits.prlimit(worker);
    if (prlimit.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("program", command.getFirst())
          .log(
              "exec.unlimited: this system has no prlimit, so the program runs without its limits;"
                  + " install util-linux");
      return command;
    }
    List<String> limited = new ArrayList<>(limits.prefix(prlimit.get()));
    limited.addAll(command);
    return List.copyOf(limited);
  }

  @Override
  public Outcome handle(byte[] payload, TaskContext task) throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create()) {
      UUID run = UUID.randomUUID();
      Process process;
      try {
        process = start(folder, payload, task, run);
      } catch (IOException unstartable) {
        return Outcome.fail(
            "The program %s cannot be started: %s"
                .formatted(declaration.command().getFirst(), unstartable.getMessage()));
      }
      ProgramRun program = new ProgramRun(process, new ProcessTree(process, run), declaration);
      return program.outcome(task);
    }
  }

  private Process start(WorkFolder folder, byte[] payload, TaskContext task, UUID run)
      throws IOException {
    Path input = folder.write("payload.json", payload);
    Optional<JsonNode> checkpoint = task.lastCheckpoint(JsonNode.class);
    if (checkpoint.isPresent()) {
      folder.write("checkpoint.json", checkpoint.get().toString().getBytes(StandardCharsets.UTF_8));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.path().toFile())
            .redirectInput(Redirect.from(input.toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.putAll(told(task, folder));
    environment.put(ProcessTree.MARK, run.toString());
    return builder.start();
  }

  private static Map<String, String> told(TaskContext task, WorkFolder folder) {
    Map<String, String> told = new HashMap<>();
    told.put("LEGWORK_TASK", task.taskId());
    told.put("LEGWORK_TENANT", task.tenant());
    told.put("LEGWORK_TYPE", task.type());
    told.put("LEGWORK_ATTEMPT", String.valueOf(task.attempt()));
    told.put("LEGWORK_FENCING_TOKEN", String.valueOf(task.fencingToken()));
    told.put("LEGWORK_DEADLINE", task.deadline().toString());
    task.traceparent().ifPresent(trace -> told.put("TRACEPARENT", trace));
    told.put("HOME", folder.path().toString());
    told.put("TMPDIR", folder.path().toString());
    return told;
  }
}

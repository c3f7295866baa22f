package io.legwork.worker.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HandlersConfigurationTest {

  private final ApplicationContextRunner worker =
      new ApplicationContextRunner().withUserConfiguration(HandlersConfiguration.class);

  @TempDir Path folder;

  @Test
  void runsOnlyBuiltInHandlersUnlessAFolderIsNamed() {
    worker.run(context -> assertThat(context).hasSingleBean(HandlerRegistry.class));
    worker
        .withPropertyValues("legwork.worker.handlers=")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void loadsTheFolderNamed() throws Exception {
    Path handlers = Files.createDirectory(folder.resolve("handlers"));
    JarBuilder.in(folder)
        .handler("Greets", "greet", "\"hello\"")
        .pack(handlers.resolve("greets.jar"));

    worker
        .withPropertyValues("legwork.worker.handlers=" + handlers, "legwork.worker.concurrency=8")
        .run(context ->
            assertThat(context.getBean(HandlerRegistry.class).types()).containsExactly("greet"));
  }

  @Test
  void tellsTheOperatorWhyTheWorkerDidNotStart(CapturedOutput output) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(HandlersConfiguration.class).web(WebApplicationType.NONE);

    assertThatException()
        .isThrownBy(
            () -> application.run("--legwork.worker.handlers=" + folder.resolve("missing")));

    assertThat(output)
        .contains("missing cannot be read")
        .contains("Create it and let the worker's user read it");
  }
}

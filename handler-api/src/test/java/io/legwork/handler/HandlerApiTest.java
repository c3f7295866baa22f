package io.legwork.handler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "io.legwork.handler",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HandlerApiTest {

  @ArchTest
  static final ArchRule DEPENDS_ON_NOTHING_BUT_THE_JDK_AND_ANNOTATIONS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.legwork.handler", "java..", "org.jspecify..");

  @Test
  void onlyFailedForGoodIsPermanent() {
    assertThat(Outcome.fail("later")).isEqualTo(new Outcome.Failed("later", false));
    assertThat(Outcome.failPermanently("never")).isEqualTo(new Outcome.Failed("never", true));
  }

  @Test
  void aTaskMaySucceedWithoutAResult() {
    assertThat(Outcome.succeed()).isEqualTo(new Outcome.Succeeded(null));
    assertThat(Outcome.succeed(7)).isEqualTo(new Outcome.Succeeded(7));
  }

  @Test
  void refusesToRetryInThePast() {
    assertThat(Outcome.retryAfter(Duration.ZERO, "now"))
        .isEqualTo(new Outcome.RetryAfter(Duration.ZERO, "now"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Outcome.retryAfter(Duration.ofMillis(-1), "before"));
  }

  @Test
  void refusesToSnoozeIntoThePast() {
    assertThat(Outcome.snooze(Duration.ofHours(1)))
        .isEqualTo(new Outcome.Snoozed(Duration.ofHours(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Outcome.snooze(Duration.ofSeconds(-1)));
  }
}

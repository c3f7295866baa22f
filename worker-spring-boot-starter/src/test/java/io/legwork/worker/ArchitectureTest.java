package io.legwork.worker;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The boundaries inside the worker. */
@AnalyzeClasses(
    packages = "io.legwork.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("io.legwork.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyExecutionSettlesDeliveries =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.legwork.worker.execution..")
          .should()
          .callMethodWhere(target(nameMatching("basic(Ack|Nack|Reject)")));

  @ArchTest
  static final ArchRule nobodyPublishesByHand =
      noClasses().should().callMethodWhere(target(nameMatching("basicPublish")));

  @ArchTest
  static final ArchRule handlersKnowNothingOfBrokerAndLedger =
      noClasses()
          .that()
          .resideInAnyPackage("io.legwork.worker.http..", "io.legwork.worker.echo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.rabbitmq..", "io.legwork.ledger..", "java.sql..");
}

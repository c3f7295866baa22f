package io.legwork;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The boundaries inside the contract. */
@AnalyzeClasses(
    packages = {
      "io.legwork.batching",
      "io.legwork.events",
      "io.legwork.ledger",
      "io.legwork.messaging",
      "io.legwork.problems",
      "io.legwork.process",
      "io.legwork.task",
      "io.legwork.tracing"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.legwork.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theTaskModelIsFreeOfTechnology =
      classes()
          .that()
          .resideInAPackage("io.legwork.task..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.net",
              "java.nio..",
              "java.time..",
              "java.util..",
              "org.jspecify..",
              "io.legwork.task..");

  @ArchTest
  static final ArchRule onlyMessagingPublishes =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.legwork.messaging..")
          .should()
          .callMethodWhere(target(name("basicPublish")));

  @ArchTest
  static final ArchRule onlyTheLedgerSpeaksSql =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.legwork.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

  @ArchTest
  static final ArchRule theLedgerKnowsNoBroker =
      noClasses()
          .that()
          .resideInAPackage("io.legwork.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.rabbitmq..");
}

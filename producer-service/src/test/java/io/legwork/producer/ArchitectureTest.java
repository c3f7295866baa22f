package io.legwork.producer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The boundaries inside the producer. */
@AnalyzeClasses(
    packages = "io.legwork.producer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("io.legwork.producer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sqlIsTheLedgers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework.jdbc.core..");

  @ArchTest
  static final ArchRule nobodyPublishesByHandOrAcknowledges =
      noClasses().should().callMethodWhere(target(nameMatching("basic(Publish|Ack|Nack|Reject)")));

  @ArchTest
  static final ArchRule onlyDispatchTalksToTheBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.legwork.producer.dispatch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.rabbitmq..", "io.legwork.messaging..");
}

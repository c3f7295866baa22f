package io.legwork.notifier;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.rabbitmq.client.Channel;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.amqp.core.AmqpTemplate;

@AnalyzeClasses(packages = "io.legwork.notifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.legwork.notifier.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyMessagingPublishes =
      noClasses()
          .should()
          .callMethodWhere(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "publishes",
                  call ->
                      call.getTarget().getOwner().isAssignableTo(Channel.class)
                          && call.getTarget().getName().equals("basicPublish")))
          .orShould()
          .dependOnClassesThat(assignableTo(AmqpTemplate.class));

  @ArchTest
  static final ArchRule sqlStaysInTheLedger =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.sql..");
}

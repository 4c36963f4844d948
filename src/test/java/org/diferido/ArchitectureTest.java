package org.diferido;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import org.diferido.failure.FailureException;

/** The arrows between the packages, and what stays in its room. */
@AnalyzeClasses(packages = "org.diferido", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule EACH_PACKAGE_USES_ONLY_WHAT_THE_DESIGN_LETS_IT =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.diferido..")
          .layer("rest")
          .definedBy("org.diferido.rest..")
          .layer("execution")
          .definedBy("org.diferido.execution..")
          .layer("housekeeping")
          .definedBy("org.diferido.housekeeping..")
          .layer("database")
          .definedBy("org.diferido.database..")
          .layer("metrics")
          .definedBy("org.diferido.metrics..")
          .layer("demo")
          .definedBy("org.diferido.demo..")
          .layer("result")
          .definedBy("org.diferido.result..")
          .layer("job")
          .definedBy("org.diferido.job..")
          .layer("procedure")
          .definedBy("org.diferido.procedure..")
          .layer("security")
          .definedBy("org.diferido.security..")
          .layer("failure")
          .definedBy("org.diferido.failure..")
          .whereLayer("rest")
          .mayOnlyAccessLayers(
              "execution", "metrics", "job", "procedure", "result", "failure", "security", "demo")
          .whereLayer("execution")
          .mayOnlyAccessLayers("job", "procedure", "result", "failure", "security")
          .whereLayer("housekeeping")
          .mayOnlyAccessLayers("job", "procedure", "result", "failure")
          .whereLayer("database")
          .mayOnlyAccessLayers("job", "procedure", "result", "failure")
          .whereLayer("metrics")
          .mayOnlyAccessLayers("execution", "database", "job", "failure")
          .whereLayer("demo")
          .mayOnlyAccessLayers("procedure", "failure", "security")
          .whereLayer("result")
          .mayOnlyAccessLayers("procedure", "failure")
          .whereLayer("job")
          .mayOnlyAccessLayers("procedure", "failure")
          .whereLayer("procedure")
          .mayOnlyAccessLayers("failure")
          .whereLayer("security")
          .mayNotAccessAnyLayer()
          .whereLayer("failure")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("org.diferido.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SQL_ONLY_WHERE_THE_DATABASES_ARE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.diferido.database..", "org.diferido.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.hsqldb..", "org.jdbi..");

  @ArchTest
  static final ArchRule HTTP_ONLY_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.diferido.rest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule THE_DOMAIN_KNOWS_NO_CONTAINER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.diferido.job..", "org.diferido.procedure..", "org.diferido.failure..")
          .and()
          .doNotBelongToAnyOf(FailureException.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse.microprofile..");

  @ArchTest
  static final ArchRule WHAT_NEEDS_PAYARA_STAYS_IN_ONE_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.diferido.rest.payara")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.glassfish..", "fish.payara..", "com.sun..");

  @ArchTest
  static final ArchRule WHAT_NEEDS_WILDFLY_STAYS_IN_ONE_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.diferido.rest.wildfly")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jboss..", "org.wildfly..", "io.undertow..", "io.smallrye..");

  @ArchTest
  static final ArchRule WHAT_COUNTS_STAYS_IN_ONE_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.diferido.metrics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.prometheus..");

  /** A resource method without one is open to everybody on Payara. */
  @ArchTest
  static final ArchRule EVERY_RESOURCE_METHOD_SAYS_WHO_MAY =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .or()
          .areAnnotatedWith(DELETE.class)
          .should()
          .beAnnotatedWith(RolesAllowed.class)
          .orShould()
          .beAnnotatedWith(PermitAll.class);

  @ArchTest
  static final ArchRule NO_SINGLETON_IS_MADE_LATE =
      classes()
          .that()
          .areAnnotatedWith(Singleton.class)
          .should()
          .beAnnotatedWith(Startup.class)
          .because(
              "one that a timer makes while the application stops has Payara (6.2025.10) give up"
                  + " stopping the others: SingletonLifeCycleManager walks a list that then grows");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("DTO");

  /** Time comes from the injected clock, else it cannot be tested. */
  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}

package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diferido.HandClock;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.InMemoryStatistics;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.InMemoryProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureRules;
import org.diferido.procedure.QualifiedName;
import org.diferido.security.Caller;
import org.junit.jupiter.api.Test;

/** What a caller is told of the procedures. */
class CatalogueTest {

  private static final Caller ANA = new Caller("ana", Set.of("procedure-caller", "analistas"));
  private static final Caller BRUNO = new Caller("bruno", Set.of("job-operator"));

  /** Her group is granted something, but who only audits runs nothing. */
  private static final Caller CLARA = new Caller("clara", Set.of("job-auditor", "analistas"));

  private static final JobRules RULES =
      new JobRules(
          ProcedureRules.parse("PKG_*=2", Integer::valueOf),
          ProcedureRules.parse("PKG_*=PT2H", Duration::parse),
          ProcedureRules.parse("*=PT1H", Duration::parse),
          ProcedureRules.none(),
          ProcedureRules.parse("SUMA=3", Integer::valueOf));

  private final InMemoryStatistics statistics = new InMemoryStatistics();
  private final Catalogue catalogue =
      new Catalogue(
          new InMemoryProcedureGateway(),
          statistics,
          new AccessRules(
              () -> "analistas=PKG_*,PROC_TEST_SOBRECARGA;job-operator=*;nadie=SUMA",
              new HandClock()),
          SteppedNode.settings(2, RULES));

  private List<String> names(String text, Caller caller) {
    return catalogue.list(text, 1000, null, caller).lines().stream()
        .map(line -> line.procedure().spelling())
        .toList();
  }

  private CatalogueEntry find(String name, Caller caller) {
    return catalogue.find(ProcedureName.parse(name, null), caller);
  }

  private Failure refusal(String name, Caller caller) {
    return catchThrowableOfType(FailureException.class, () -> find(name, caller)).failure();
  }

  @Test
  void aCallerSeesWhatItsGroupsAreGrantedAndNothingElse() {
    assertThat(names(null, ANA))
        .containsExactly(
            "PKG_ETL.PROCESO_LARGO", "PKG_REPORTES.GENERAR_MENSUAL", "PROC_TEST_SOBRECARGA");
    assertThat(names(null, BRUNO)).contains("SUMA", "PROC_TEST").hasSizeGreaterThan(15);
    assertThat(names("mensual", ANA)).containsExactly("PKG_REPORTES.GENERAR_MENSUAL");
  }

  @Test
  void whoIsGrantedNothingOrOnlyAuditsSeesAnEmptyList() {
    assertThat(names(null, new Caller("eva", Set.of("procedure-caller")))).isEmpty();
    assertThat(names(null, CLARA)).isEmpty();
    assertThat(refusal("PKG_ETL.PROCESO_LARGO", CLARA).code())
        .isEqualTo(FailureCode.PROCEDURE_NOT_FOUND);
  }

  @Test
  void whatIsNotGrantedIsAsIfItWereNotThere() {
    assertThat(refusal("SUMA", ANA)).isEqualTo(Failure.of(FailureCode.PROCEDURE_NOT_FOUND, "SUMA"));
    assertThat(refusal("RESTA", ANA))
        .isEqualTo(Failure.of(FailureCode.PROCEDURE_NOT_FOUND, "RESTA"));
    assertThat(find("suma", BRUNO).overloads()).hasSize(1);
    assertThat(find("proc_test_sobrecarga", ANA).overloads()).hasSize(2);
  }

  @Test
  void thePagesTogetherHaveEveryProcedureOnce() {
    List<String> all = new ArrayList<>();
    QualifiedName after = null;
    do {
      CataloguePage page = catalogue.list(null, 4, after, BRUNO);
      assertThat(page.lines()).hasSizeLessThanOrEqualTo(4);
      page.lines().forEach(line -> all.add(line.procedure().spelling()));
      after = page.next();
    } while (after != null);
    assertThat(all).isEqualTo(names(null, BRUNO));
  }

  @Test
  void earlierRunsAreToldByTheFullName() {
    ProcedureRuns runs = ProcedureRuns.NONE.with(Duration.ofSeconds(3)).withFailure();
    statistics.add("PKG_ETL.PROCESO_LARGO", runs);
    assertThat(find("pkg_etl.proceso_largo", ANA).runs()).isEqualTo(runs);
    assertThat(catalogue.list(null, 10, null, ANA).lines())
        .extracting(CataloguePage.Line::runs)
        .containsExactly(runs, ProcedureRuns.NONE, ProcedureRuns.NONE);
  }

  @Test
  void theRulesAreThoseThatACallOfTodayHas() {
    assertThat(find("PKG_ETL.PROCESO_LARGO", ANA).rules())
        .isEqualTo(new CallRules(2, Duration.ofHours(1), Duration.ofHours(1), 1));
    assertThat(find("SUMA", BRUNO).rules())
        .isEqualTo(new CallRules(5, Duration.ofHours(1), Duration.ofHours(1), 3));
  }
}

package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.File;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.diferido.execution.JobAccess;
import org.diferido.execution.JobDispatcher;
import org.diferido.execution.Submission;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.security.Caller;
import org.diferido.security.Roles;
import org.hamcrest.Matchers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The beans as the container wires them: dispatcher, executor, data sources, timer. */
@ExtendWith({ConfiguredServer.class, ArquillianExtension.class})
class InContainerIT {

  private static final Caller ANA = new Caller("ana.gomez", Set.of(Roles.CALLER));

  @EJB JobDispatcher dispatcher;
  @EJB JobAccess jobs;
  @Inject JobRegistry registry;
  @Inject ManagedExecutorService executor;

  @Deployment
  static WebArchive war() throws URISyntaxException {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("diferido.war")))
        .as(WebArchive.class)
        .addClasses(InContainerIT.class, ConfiguredServer.class)
        .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matchers.class));
  }

  private static File jarOf(Class<?> type) throws URISyntaxException {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Submission call(String name, Object... values) {
    List<Argument> arguments =
        java.util.Arrays.stream(values)
            .map(value -> new Argument("", value, true, null, null, false))
            .toList();
    ProcedureCall call = new ProcedureCall(ProcedureName.parse(name, null), null, false, arguments);
    return new Submission(call, Map.of(), null);
  }

  @Test
  void theDispatcherTakesACallToTheDatabaseAndTheRegistryKeepsItsEnd() {
    Job accepted =
        dispatcher.submit(call("SUMA", new BigDecimal(40), new BigDecimal(2)), ANA).job();
    // Queued, if the node has not asked yet what waits from before.
    assertThat(accepted.status()).isIn(JobStatus.QUEUED, JobStatus.RUNNING);
    Job ended =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> registry.find(accepted.id()).orElseThrow(), job -> job.status().isEnd());
    assertThat(ended.state())
        .isInstanceOfSatisfying(
            JobState.Succeeded.class,
            state ->
                assertThat((BigDecimal) state.result().values().get("return_value"))
                    .isEqualByComparingTo("42"));
  }

  @Test
  void aFailureLeavesTheEjbUnwrapped() {
    Throwable thrown = catchThrowable(() -> dispatcher.submit(call("NO_HAY"), ANA));
    assertThat(thrown)
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.PROCEDURE_NOT_FOUND));
  }

  @Test
  void callsRunOnTheServersExecutorNotOnTheSubmittersThread() throws Exception {
    String worker = executor.submit(() -> Thread.currentThread().getName()).get();
    assertThat(worker).isNotEqualTo(Thread.currentThread().getName());
    Job job = dispatcher.submit(call("PROC_TEST_DEMORA", new BigDecimal(2)), ANA).job();
    assertThat(jobs.find(job.id().hex(), ANA).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void theTimerRemovesAJobWhenItsRetentionIsOver() {
    Job job = dispatcher.submit(call("SUMA", BigDecimal.ONE, BigDecimal.ONE), ANA).job();
    await().until(() -> registry.find(job.id()).orElseThrow().status().isEnd());
    await().atMost(Duration.ofSeconds(80)).until(() -> registry.find(job.id()).isEmpty());
  }
}

package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.Node;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SampleJobs;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.Signature;
import org.diferido.result.InMemoryResultStore;
import org.diferido.security.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a submission to the record of its end, with real threads and no container. */
class ExecutionTest {

  private static final Caller ANA = new Caller("ana", Set.of("callers"));
  private static final int WORKERS = 3;

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final InMemoryResultStore results = new InMemoryResultStore();
  private final SteppedGateway gateway = new SteppedGateway();
  private final RunningCalls calls = new RunningCalls(SteadyClock.ofTheJvm());
  private final Node node = new Node("node-a");
  private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  private final ServiceSettings settings =
      new ServiceSettings(
          WORKERS,
          5,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          SecretNames.parse("*clave*"),
          JobRules.NONE,
          new ServiceSettings.CallerLimits(WORKERS, 5, null, 0, 100),
          ServiceSettings.Stopping.USUAL,
          new RetryPolicy(Duration.ofMillis(1)),
          ServiceSettings.RESULT_BYTES);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final WorkerPool pool =
      new WorkerPool(
          registry,
          results,
          gateway,
          calls,
          JobEvents.NONE,
          threads,
          time -> {},
          settings,
          node,
          clock,
          SteadyClock.ofTheJvm());
  private final JobAdmission admission =
      new JobAdmission(
          registry, pool, JobEvents.NONE, settings, node, clock, SteadyClock.ofTheJvm());
  private final JobDispatcher dispatcher = dispatcher(admission);

  private final KnownJobs known = new KnownJobs(calls, settings, clock);
  private final CallStops stops =
      new CallStops(
          registry, gateway, calls, known, threads, settings, node, clock, SteadyClock.ofTheJvm());
  private final JobAccess access =
      new JobAccess(
          registry,
          calls,
          new JobLookup(registry, calls, known),
          known,
          stops,
          JobEvents.NONE,
          results,
          clock);

  {
    // As the node's first poll: nothing is waiting.
    pool.wake();
  }

  @AfterEach
  void letAllGo() {
    registry.away = false;
    registry.losesAnswers = false;
    gateway.steps.release(100_000);
    threads.shutdown();
  }

  private JobDispatcher dispatcher(JobAdmission door) {
    return new JobDispatcher(
        gateway,
        registry,
        door,
        settings,
        new AccessRules(() -> "callers=P", SteadyClock.ofTheJvm()),
        new SubmitRates(settings, SteadyClock.ofTheJvm()),
        clock);
  }

  private static Submission call(String text) {
    return new Submission(
        new ProcedureCall(
            ProcedureName.parse("P", null),
            null,
            false,
            List.of(new Argument("text", text, true, null, null, false))),
        Map.of(),
        null);
  }

  private Job submit(String text) {
    return dispatcher.submit(call(text), ANA).job();
  }

  private Job kept(JobId id) {
    return registry.kept.find(id).orElseThrow();
  }

  private void awaitStatus(Job job, JobStatus status) {
    await().until(() -> kept(job.id()).status() == status);
  }

  @Test
  void withAFreeWorkerAJobIsClaimedWhenItIsAddedAndNothingHasToLookForIt() {
    Job job = submit("a");
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    gateway.steps.release();
    awaitStatus(job, JobStatus.SUCCEEDED);
    assertThat(kept(job.id()).state())
        .isInstanceOfSatisfying(
            JobState.Succeeded.class,
            end -> assertThat(end.result().values()).isEqualTo(Map.of("echo", "a")));
  }

  @Test
  void aSecretAttributeOfAnObjectReachesTheCallAndNobodyElse() {
    Parameter user = new Parameter("USUARIO", Direction.IN, ParameterType.TEXT, "X", false, 0, 0);
    Parameter key = new Parameter("CLAVE", Direction.IN, ParameterType.TEXT, "X", false, 0, 0);
    Shape shape = new Shape("APP", "T_CUENTA", List.of(user, key), 0);
    Parameter account =
        new Parameter(
            "TEXT", Direction.IN, ParameterType.OBJECT, "OBJECT APP.T_CUENTA", false, 0, 0, shape);
    Signature text = gateway.signatures.get(0);
    gateway.signatures =
        List.of(new Signature(text.name(), text.specificName(), List.of(account), null));
    Argument given =
        new Argument("text", Map.of("usuario", "ana", "clave", "s3"), true, null, null, false);
    ProcedureCall call =
        new ProcedureCall(ProcedureName.parse("P", null), null, false, List.of(given));
    Job job = dispatcher.submit(new Submission(call, Map.of(), null), ANA).job();
    assertThat(kept(job.id()).call().arguments().get(0).value())
        .isEqualTo(Map.of("usuario", "ana", "clave", SecretNames.MASK));
    await().until(() -> gateway.began.equals(List.of("[ana, s3]")));
  }

  @Test
  void whatHasNoWorkerWaitsInTheRegistryAndIsTakenInOrderAsSoonAsOneIsFree() {
    List<Job> jobs = IntStream.range(0, WORKERS + 4).mapToObj(i -> submit("n" + i)).toList();
    assertThat(jobs.get(WORKERS).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(registry.queued()).isEqualTo(4);
    await().until(() -> gateway.began.size() == WORKERS);
    for (int i = WORKERS; i < jobs.size(); i++) {
      String next = "n" + i;
      gateway.steps.release();
      await().until(() -> gateway.began.contains(next));
    }
    assertThat(gateway.began.subList(WORKERS, jobs.size())).containsExactly("n3", "n4", "n5", "n6");
  }

  @Test
  void nobodyOvertakesTheQueue() {
    List<Job> before = IntStream.range(0, WORKERS + 1).mapToObj(i -> submit("b" + i)).toList();
    assertThat(pool.reserve(before.get(0))).isFalse();
    gateway.steps.release();
    await().until(() -> gateway.began.contains("b" + WORKERS));
    assertThat(before.get(WORKERS).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void twentyClientsAtOnceNeverExceedTheWorkersAndEachJobRunsExactlyOnce() throws Exception {
    ServiceSettings wide =
        new ServiceSettings(
            WORKERS, 10_000, settings.poll(), settings.heartbeat(), settings.secrets());
    JobDispatcher open =
        dispatcher(
            new JobAdmission(
                registry, pool, JobEvents.NONE, wide, node, clock, SteadyClock.ofTheJvm()));
    gateway.steps.release(100_000);
    ExecutorService clients = Executors.newFixedThreadPool(20);
    List<Callable<Job>> submits =
        IntStream.range(0, 1000)
            .<Callable<Job>>mapToObj(i -> () -> open.submit(call("c" + i), ANA).job())
            .toList();
    List<Job> jobs = new ArrayList<>();
    for (Future<Job> job : clients.invokeAll(submits)) {
      jobs.add(job.get());
    }
    clients.shutdown();
    await().until(() -> jobs.stream().allMatch(job -> kept(job.id()).status().isEnd()));
    assertThat(jobs).allMatch(job -> kept(job.id()).status() == JobStatus.SUCCEEDED);
    assertThat(gateway.began).hasSize(1000).doesNotHaveDuplicates();
    assertThat(gateway.mostAtOnce.get()).isLessThanOrEqualTo(WORKERS);
  }

  @Test
  void theQueueTakesExactlyItsCapacityHoweverManyComeAtOnce() throws Exception {
    IntStream.range(0, WORKERS).forEach(i -> submit("busy" + i));
    ExecutorService clients = Executors.newFixedThreadPool(20);
    List<Callable<Object>> submits =
        IntStream.range(0, 40)
            .<Callable<Object>>mapToObj(
                i ->
                    () -> {
                      try {
                        return submit("q" + i);
                      } catch (FailureException e) {
                        return e.failure().code();
                      }
                    })
            .toList();
    int full = 0;
    for (Future<Object> answer : clients.invokeAll(submits)) {
      full += answer.get() == FailureCode.QUEUE_FULL ? 1 : 0;
    }
    clients.shutdown();
    assertThat(full).isEqualTo(35);
    assertThat(registry.queued()).isEqualTo(5);
  }

  @Test
  void whatCannotRunIsRefusedAndLeavesNothing() {
    ProcedureCall unknown =
        new ProcedureCall(ProcedureName.parse("Q", null), null, false, List.of());
    assertRefused(FailureCode.PROCEDURE_NOT_FOUND, new Submission(unknown, Map.of(), null), ANA);
    Caller stranger = new Caller("x", Set.of("others"));
    assertRefused(FailureCode.PROCEDURE_NOT_GRANTED, call("a"), stranger);
    ProcedureCall missing =
        new ProcedureCall(ProcedureName.parse("P", null), null, false, List.of());
    assertRefused(FailureCode.INVALID_ARGUMENTS, new Submission(missing, Map.of(), null), ANA);
    assertRefused(
        FailureCode.INVALID_ARGUMENTS,
        new Submission(call("a").call(), Map.of(), clock.instant()),
        ANA);
    assertThat(registry.list(everything(), 10, null).total()).isZero();
  }

  private void assertRefused(FailureCode code, Submission submission, Caller caller) {
    assertThatThrownBy(() -> dispatcher.submit(submission, caller))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  private static JobFilter everything() {
    return new JobFilter(null, Set.of(), null);
  }

  @Test
  void theEndWaitsForARegistryThatIsAwayAndIsThenRecorded() {
    Job job = submit("a");
    await().until(() -> gateway.began.contains("a"));
    registry.away = true;
    gateway.steps.release();
    await().until(() -> registry.refused.get() >= 2);
    registry.away = false;
    awaitStatus(job, JobStatus.SUCCEEDED);
  }

  @Test
  void anEndWhoseAnswerWasLostIsKnownToBeRecordedAndTheWorkerIsFreeAgain() {
    Job job = submit("a");
    await().until(() -> gateway.began.contains("a"));
    registry.losesAnswers = true;
    gateway.steps.release();
    await().until(() -> registry.refused.get() >= 1);
    registry.losesAnswers = false;
    awaitStatus(job, JobStatus.SUCCEEDED);
    List<Job> more = IntStream.range(0, WORKERS).mapToObj(i -> submit("m" + i)).toList();
    await().until(() -> gateway.began.size() == 1 + WORKERS);
    assertThat(more).allMatch(next -> kept(next.id()).status() == JobStatus.RUNNING);
  }

  @Test
  void aNodeThatWasTakenForDeadDoesNotOverwriteWhatWasSaidOfItsJob() {
    Job job = submit("a");
    await().until(() -> gateway.began.contains("a"));
    Failure gone = Failure.of(FailureCode.NODE_GONE, node.name());
    registry.update(job.id(), running -> running.lost(gone, clock.instant()));
    gateway.steps.release();
    await().until(() -> calls.all().isEmpty());
    assertThat(kept(job.id()).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void aLostConnectionEndsAsLostARaisedErrorAsFailedAndTheUnforeseenAsInternal() {
    assertThat(endWith(Failure.of(FailureCode.OUTCOME_UNKNOWN).toException()).status())
        .isEqualTo(JobStatus.LOST);
    Job raised =
        endWith(
            Failure.ofDatabase(FailureCode.PROCEDURE_RAISED, "ORA-20001", "ORA-20001: no")
                .toException());
    assertThat(raised.state().failed().orElseThrow().reportedCode()).isEqualTo("ORA-20001");
    Job unforeseen = endWith(new IllegalStateException("a defect"));
    assertThat(unforeseen.status()).isEqualTo(JobStatus.FAILED);
    assertThat(unforeseen.state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.INTERNAL_ERROR);
  }

  private Job endWith(RuntimeException failure) {
    gateway.failure = failure;
    Job job = submit("f");
    gateway.steps.release();
    await().until(() -> kept(job.id()).status().isEnd());
    return kept(job.id());
  }

  @Test
  void aQueuedCallIsCheckedAgainAndFailsWhenTheProcedureHasChangedOrGone() {
    IntStream.range(0, WORKERS).forEach(i -> submit("busy" + i));
    Job queued = submit("late");
    gateway.signatures = List.of(SteppedGateway.signature("TEXT", "NEW"));
    Job gone = submitPast("gone");
    gateway.steps.release(WORKERS);
    await().until(() -> kept(queued.id()).status().isEnd());
    assertThat(kept(queued.id()).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.SIGNATURE_CHANGED);
    await().until(() -> kept(gone.id()).status().isEnd());
    assertThat(kept(gone.id()).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.PROCEDURE_NOT_FOUND);
    assertThat(gateway.began).doesNotContain("late", "gone");
  }

  /** Queues a call that is no longer of the signature. */
  private Job submitPast(String text) {
    Job job = Job.queued(JobId.random(), "ana", call(text).call(), JobTerms.USUAL, clock.instant());
    registry.add(
        job.withCall(
            new ProcedureCall(
                ProcedureName.parse("GONE", null), null, false, job.call().arguments())));
    return job;
  }

  @Test
  void progressIsSeenAtOnceOnThisNodeAndNotAfterTheEnd() {
    gateway.news = Progress.reported(BigDecimal.valueOf(3), BigDecimal.TEN, "lotes", "voy");
    Job job = submit("a");
    await()
        .until(() -> calls.snapshot().over(kept(job.id())).state().lastProgress().percent() == 30);
    gateway.steps.release();
    awaitStatus(job, JobStatus.SUCCEEDED);
    await().until(() -> calls.all().isEmpty());
    calls.told(job.id(), Progress.NONE);
    assertThat(calls.all()).isEmpty();
  }

  @Test
  void progressDoesNotFallBackWhileTheEndIsBeingRecorded() {
    gateway.news = Progress.reported(BigDecimal.valueOf(98), BigDecimal.valueOf(100), null, null);
    Job job = submit("a");
    await().until(() -> calls.snapshot().over(job).state().lastProgress().percent() == 98);
    registry.away = true;
    gateway.steps.release();
    await().until(() -> registry.refused.get() >= 1);
    assertThat(calls.snapshot().over(kept(job.id())).state().lastProgress().percent())
        .isEqualTo(98);
    registry.away = false;
    awaitStatus(job, JobStatus.SUCCEEDED);
  }

  @Test
  void aResultThatDoesNotFitIsToldAndDoesNotHoldTheWorkerForEver() {
    registry.takesNoResults = true;
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.FAILED);
    assertThat(kept(job.id()).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.RESULT_NOT_KEPT);
  }

  @Test
  void whatWasRefusedForALostAnswerIsTakenOutAgainAndItsWorkerIsFree() {
    registry.losesAnswers = true;
    assertThatThrownBy(() -> submit("half")).isInstanceOf(FailureException.class);
    registry.losesAnswers = false;
    assertThat(registry.list(everything(), 10, null).total()).isEqualTo(1);
    admission.settleDoubts();
    assertThat(registry.list(everything(), 10, null).total()).isZero();
    IntStream.range(0, WORKERS)
        .forEach(i -> assertThat(submit("w" + i).status()).isEqualTo(JobStatus.RUNNING));
    assertThat(gateway.began).doesNotContain("half");
  }

  @Test
  void aClaimThatFailsIsTriedAgainAtTheNextWake() {
    registry.away = true;
    pool.wake();
    registry.away = false;
    assertThat(submit("behind").status()).isEqualTo(JobStatus.QUEUED);
    await().until(() -> gateway.began.contains("behind"));
  }

  @Test
  void aStoppedPoolTakesNothingNewAndWhatIsQueuedStays() {
    IntStream.range(0, WORKERS).forEach(i -> submit("busy" + i));
    Job queued = submit("queued");
    pool.stop();
    assertRefused(FailureCode.SHUTTING_DOWN, call("no"), ANA);
    gateway.steps.release(WORKERS);
    await().until(() -> calls.all().isEmpty());
    pool.wake();
    assertThat(kept(queued.id()).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void ownersSeeAndRemoveTheirOwnAndOperatorsEverybodys() {
    Caller diego = new Caller("diego", Set.of("procedure-caller"));
    Caller bruno = new Caller("bruno", Set.of("job-operator"));
    Job running = submit("a");
    String id = running.id().hex();
    assertCode(FailureCode.JOB_NOT_FOUND, () -> access.find(id, diego));
    assertCode(FailureCode.JOB_NOT_FOUND, () -> access.remove(id, diego));
    assertCode(FailureCode.JOB_NOT_FOUND, () -> access.cancel(id, diego));
    assertCode(FailureCode.JOB_NOT_FOUND, () -> access.find("../x", bruno));
    assertThat(access.list(JobFilter.ALL, 10, null, diego).total()).isZero();
    assertThat(access.list(JobFilter.ALL, 10, null, bruno).total()).isEqualTo(1);
    gateway.steps.release();
    awaitStatus(running, JobStatus.SUCCEEDED);
    assertThat(access.removeEnded(JobFilter.ALL, null, diego)).isZero();
    assertThat(access.removeEnded(JobFilter.ALL, Duration.ofDays(1), bruno)).isZero();
    assertThat(access.remove(id, bruno)).isTrue();
    assertCode(FailureCode.JOB_NOT_FOUND, () -> access.find(id, ANA));
  }

  private static void assertCode(
      FailureCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  // The end of a job in the transaction of its call

  @Test
  void inOneDatabaseTheEndIsCommittedWithTheCallAndNotWrittenAgain() {
    registry.joins = true;
    registry.takesNoResults = true; // but in the call's transaction
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.SUCCEEDED);
    await().until(() -> calls.all().isEmpty());
    assertThat(gateway.committed).hasValue(1);
  }

  @Test
  void anEndThatCannotBeWrittenInItsCallIsWrittenAfterTheCommit() {
    registry.joins = true;
    registry.postpones = true;
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.SUCCEEDED);
    assertThat(gateway.committed).hasValue(1);
  }

  @Test
  void aCommitWithoutAnAnswerAfterAPostponedEndLeavesTheOutcomeUnknown() {
    registry.joins = true;
    registry.postpones = true;
    gateway.commit = SteppedGateway.Commit.DONE_WITHOUT_AN_ANSWER;
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.LOST);
  }

  @Test
  void aNodeThatNoLongerHoldsTheJobDoesNotCommitItsCall() {
    registry.joins = true;
    Job job = submit("a");
    await().until(() -> gateway.began.contains("a"));
    Job other = SampleJobs.heldBy(job, "node-b", 2);
    registry.kept.remove(job);
    registry.kept.add(other);
    gateway.steps.release();
    await().until(() -> calls.all().isEmpty());
    assertThat(gateway.committed).hasValue(0);
    assertThat(kept(job.id()).state()).isEqualTo(other.state());
  }

  @Test
  void aCommitWithoutAnAnswerThatWasDoneIsASuccess() {
    registry.joins = true;
    gateway.commit = SteppedGateway.Commit.DONE_WITHOUT_AN_ANSWER;
    Job job = submit("a");
    gateway.steps.release();
    await().until(() -> calls.all().isEmpty());
    assertThat(kept(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void aCommitWithoutAnAnswerThatWasNotDoneIsKnownToBeUndone() {
    registry.joins = true;
    gateway.commit = SteppedGateway.Commit.UNDONE_WITHOUT_AN_ANSWER;
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.FAILED);
    assertThat(kept(job.id()).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.ROLLED_BACK);
  }

  @Test
  void inAnotherDatabaseACommitWithoutAnAnswerLeavesTheOutcomeUnknown() {
    gateway.commit = SteppedGateway.Commit.DONE_WITHOUT_AN_ANSWER;
    Job job = submit("a");
    gateway.steps.release();
    awaitStatus(job, JobStatus.LOST);
  }

  @Test
  void whatTheProcedureWroteIsKeptWithTheEndWhateverThatIs() {
    gateway.log = List.of("empieza", "termina");
    Job well = submit("a");
    gateway.steps.release();
    awaitStatus(well, JobStatus.SUCCEEDED);
    assertThat(kept(well.id()).log()).containsExactly("empieza", "termina");
    gateway.failure = Failure.ofDatabase(FailureCode.DATA_ERROR, "ORA-01403", "x").toException();
    Job badly = submit("b");
    gateway.steps.release();
    awaitStatus(badly, JobStatus.FAILED);
    assertThat(kept(badly.id()).log()).containsExactly("empieza", "termina");
  }

  // Secrets in what is told of a call

  private Job endWithSecret(RuntimeException failure) {
    gateway.signatures = List.of(SteppedGateway.signature("P_CLAVE"));
    gateway.log = List.of("recibe hunter2");
    gateway.news = Progress.said("3/10 pasos: con hunter2");
    gateway.failure = failure;
    Argument given = new Argument("p_clave", "hunter2", true, null, null, false);
    ProcedureCall call =
        new ProcedureCall(ProcedureName.parse("P", null), null, false, List.of(given));
    Job job = dispatcher.submit(new Submission(call, Map.of(), null), ANA).job();
    await().until(() -> gateway.began.contains("hunter2"));
    await().until(() -> calls.snapshot().over(job).state().lastProgress().percent() == 30);
    assertThat(calls.snapshot().over(job).state().lastProgress().message()).isEqualTo("con ***");
    gateway.steps.release();
    await().until(() -> kept(job.id()).status().isEnd());
    return kept(job.id());
  }

  @Test
  void aSecretInAnErrorReachesNeitherTheRegistryNorTheLog() {
    Failure refused =
        Failure.ofDatabase(FailureCode.DATA_ERROR, "SQLSTATE-23514", "row contains (1, hunter2)");
    Exception root = new IllegalArgumentException("no hunter2");
    try (ServiceLog log = new ServiceLog()) {
      Job job =
          endWithSecret(
              new FailureException(refused, new IllegalStateException("because: hunter2", root)));
      Failure told = job.state().failed().orElseThrow();
      assertThat(told)
          .isEqualTo(
              Failure.ofDatabase(
                  FailureCode.DATA_ERROR, "SQLSTATE-23514", "row contains (1, ***)"));
      assertThat(job.log()).containsExactly("recibe ***");
      assertThat(job.toString()).doesNotContain("hunter2");
      assertThat(log.text())
          .contains(
              "row contains (1, ***)",
              "java.lang.IllegalStateException",
              "Caused by",
              "java.lang.IllegalArgumentException",
              "ExecutionTest.java")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aSecretInWhatNobodyForesawReachesNoLog() {
    try (ServiceLog log = new ServiceLog()) {
      Job job = endWithSecret(new IllegalStateException("cannot read hunter2"));
      assertThat(job.state().failed().orElseThrow().code()).isEqualTo(FailureCode.INTERNAL_ERROR);
      assertThat(log.text())
          .contains("java.lang.IllegalStateException", "ExecutionTest.java")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void withoutSecretsTheLogHasTheCauseAsItWas() {
    Failure refused = Failure.ofDatabase(FailureCode.DATA_ERROR, "SQLSTATE-23514", "(1, a)");
    try (ServiceLog log = new ServiceLog()) {
      endWith(new FailureException(refused, new IllegalStateException("because: a")));
      assertThat(log.text()).contains("(1, a)", "java.lang.IllegalStateException: because: a");
    }
  }
}

package org.diferido.job;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.diferido.job.SampleJobs.CALL;
import static org.diferido.job.SampleJobs.FAILURE;
import static org.diferido.job.SampleJobs.HALF;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.argument;
import static org.diferido.job.SampleJobs.call;
import static org.diferido.job.SampleJobs.callWithSecret;
import static org.diferido.job.SampleJobs.callWithSecretWithin;
import static org.diferido.job.SampleJobs.heldBy;
import static org.diferido.job.SampleJobs.queued;
import static org.diferido.job.SampleJobs.result;
import static org.diferido.job.SampleJobs.running;
import static org.diferido.job.SampleJobs.startingBefore;
import static org.diferido.job.SampleJobs.succeeded;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.JobFilter.Label;
import org.diferido.job.JobFilter.Period;
import org.diferido.job.JobStatus.Reported;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedurePattern;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.Progress;
import org.diferido.procedure.SecretNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registry keeps to. */
public abstract class JobRegistryContract {

  private static final JobFilter ALL = new JobFilter(null, Set.of(), null);
  private static final Duration HOUR = Duration.ofHours(1);

  protected JobRegistry registry;

  /** A registry without jobs and without nodes. */
  protected abstract JobRegistry emptyRegistry();

  @BeforeEach
  void empty() {
    registry = emptyRegistry();
  }

  protected final Job added(Job job) {
    registry.add(job);
    return job;
  }

  protected final Job found(Job job) {
    return registry.find(job.id()).orElseThrow();
  }

  /** Lets several go at once, and gives what they came back with. */
  protected static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int at = 0; at < threads; at++) {
        futures.add(
            executor.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  static List<List<String>> logs() {
    return List.of(
        List.of(),
        List.of(""),
        List.of("", ""),
        List.of("una línea: ñ €"),
        List.of("", "entre vacías", "", "  sangrada", ""),
        Collections.nCopies(2_000, "línea de un registro largo"));
  }

  static List<Job> inEveryState() {
    return SampleJobs.inEveryState("ana");
  }

  /** What was put in comes out. */
  @Nested
  class Keeping {

    @ParameterizedTest
    @MethodSource("org.diferido.job.JobRegistryContract#inEveryState")
    void aJobIsFoundAsItWasAdded(Job job) {
      assertThat(found(added(job))).isEqualTo(job);
    }

    @ParameterizedTest
    @MethodSource("org.diferido.job.JobRegistryContract#inEveryState")
    void aJobIsListedAsItWasAdded(Job job) {
      added(job);
      assertThat(registry.list(ALL, 10, null).jobs()).containsExactly(job);
    }

    @Test
    void aJobThatNobodyAddedIsNotFound() {
      added(queued());
      assertThat(registry.find(JobId.random())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2025-12-10T14:30:00.001Z",
          "2025-12-10T23:59:59.999Z",
          "2024-02-29T12:00:00Z",
          "2025-03-30T01:30:00.500Z",
          "2025-03-30T02:30:00.500Z",
          "2025-10-26T00:30:00.500Z",
          "2025-10-26T01:30:00.500Z",
          "2025-03-09T02:30:00Z",
          "2025-11-02T06:30:00Z"
        })
    void timesComeBackToTheMillisecondAlsoWhenClocksAreSet(Instant time) {
      Job job =
          Job.queued(JobId.random(), "ana", CALL, JobTerms.of(Map.of(), time.plusMillis(2)), time)
              .claimedBy(NODE, time.plusMillis(1))
              .succeeded(RESULT, time.plusMillis(3));
      assertThat(found(added(job))).isEqualTo(job);
    }

    @Test
    void textsInAnyScriptComeBack() {
      String texts = "ñandú Ñ €, 日本語, עברית, 👩‍👧, e\u0301, ' \" \\ \n\t, :name, ?, {0}, %s, <b>";
      Job job =
          Job.queued(
                  JobId.random(),
                  "josé:ñ'?",
                  call(argument("p", texts), argument(texts, "x")),
                  JobTerms.of(Map.of("clave ñ", texts, "vacía", ""), null),
                  NOW)
              .claimedBy(NODE, NOW)
              .succeeded(result("vTEXTO", texts, texts, "x"), LATER);
      assertThat(found(added(job))).isEqualTo(job);
    }

    @Test
    void argumentsOfEveryKindComeBack() {
      ProcedureCall call =
          new ProcedureCall(
              ProcedureName.parse("\"Pkg ñ\".Suma", "Ventas"),
              "Ventas",
              true,
              List.of(
                  new Argument("a", null, true, "IN", null, false),
                  new Argument("b", null, false, "IN OUT", "number", false),
                  new Argument("", Boolean.TRUE, true, null, "boolean", false),
                  argument("lista", Arrays.asList("x", null, BigDecimal.ONE)),
                  argument("objeto", Map.of("k", List.of(Boolean.FALSE)))));
      Job job = added(queued(call));
      assertThat(found(job)).isEqualTo(job);
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW))
          .containsExactly(job.claimedBy(NODE, NOW));
    }

    @Test
    void aNumberForATextIsKeptAsItWasWritten() {
      Job job =
          added(
              queued(
                  call(
                      argument("precio", new BigDecimal("1.50")),
                      argument("nada", new BigDecimal("0.00")),
                      argument("mil", new BigDecimal("1E+3")),
                      argument("lista", List.of(new BigDecimal("2.0"))))));
      assertThat(found(job).call()).isEqualTo(job.call());
    }

    @Test
    void numbersOfAResultComeBackExactly() {
      ProcedureResult result =
          result(
              "grande", new BigDecimal("99999999999999999999999999999999999999"),
              "largo", new BigDecimal("12345678901234567890.1234567890123456789"),
              "pequeño", new BigDecimal("1E-130"),
              "enorme", new BigDecimal(1).scaleByPowerOfTen(125).setScale(0),
              "décimo", new BigDecimal("0.1"),
              "negativo", new BigDecimal("-0.07"));
      assertThat(found(added(succeeded(result))).state()).isEqualTo(succeeded(result).state());
    }

    @Test
    void nullsAndTheOrderOfAResultComeBack() {
      ProcedureResult result = result("z", null, "a", "", "m", Boolean.FALSE, "b", null);
      Job job = found(added(succeeded(result)));
      ProcedureResult back = ((JobState.Succeeded) job.state()).result();
      assertThat(back).isEqualTo(result);
      assertThat(back.values().keySet()).containsExactly("z", "a", "m", "b");
    }

    @Test
    void anEmptyResultComesBack() {
      assertThat(found(added(succeeded(result()))).state()).isEqualTo(succeeded(result()).state());
    }

    @Test
    void rowsComeBackWithTheirColumnsTheirNullsAndTheirWholeCount() {
      Rows rows =
          new Rows(
              List.of("ID", "NOMBRE", "TOTAL"),
              List.of(
                  Arrays.asList(BigDecimal.ONE, "uno ñ", null),
                  Arrays.asList(BigDecimal.TEN, null, new BigDecimal("0.5"))),
              5_000);
      ProcedureResult result = result("vTOTAL", BigDecimal.ONE, "cursor", rows, "vacío", noRows());
      ProcedureResult back =
          ((JobState.Succeeded) found(added(succeeded(result))).state()).result();
      assertThat(back).isEqualTo(result);
      assertThat(((Rows) back.values().get("cursor")).truncated()).isTrue();
    }

    @Test
    void whereALargeResultIsComesBack() {
      Stored stored =
          new Stored("0123456789abcdef".repeat(2), 7, Map.of("csv.1", 3_000_000_000L, "x", 0L));
      ProcedureResult result =
          result(
              "cursor", new Rows(List.of("ID"), List.of(List.of(BigDecimal.ONE)), 5_000, stored),
              "texto", new LargeValue(LargeValue.Kind.TEXT, 3_000_000_000L, stored),
              "archivo", new LargeValue(LargeValue.Kind.BYTES, 0, stored),
              "nada", new LargeValue(LargeValue.Kind.BYTES, 5, null));
      assertThat(found(added(succeeded(result))).state()).isEqualTo(succeeded(result).state());
    }

    private Rows noRows() {
      return new Rows(List.of("A"), List.of(), 0);
    }

    @Test
    void aResultOfAMebibyteComesBackWhole() {
      ProcedureResult result = result("vCLOB", "ñ123456789abcde\n".repeat(65_536));
      assertThat(found(added(succeeded(result))).state()).isEqualTo(succeeded(result).state());
    }

    @Test
    void aFailureComesBackWithItsPlacesAndTheDatabasesCode() {
      Failure failure =
          new Failure(
              FailureCode.INVALID_ARGUMENTS,
              List.of("uno", "ñ"),
              List.of(FieldError.of("/params/0/value", "value.too_long", 10, 12)),
              "ORA-06502");
      Job job = running().failed(failure, LATER);
      assertThat(found(added(job)).state().failed()).contains(failure);
    }

    @ParameterizedTest
    @MethodSource("org.diferido.job.JobRegistryContract#logs")
    void whatTheProcedureWroteComesBackLineByLine(List<String> lines) {
      Job job = running().withLog(lines).succeeded(RESULT, LATER);
      assertThat(found(added(job)).log()).isEqualTo(lines);
      Job ended = added(running());
      registry.replace(ended, ended.withLog(lines).succeeded(RESULT, LATER));
      assertThat(found(ended).log()).isEqualTo(lines);
      assertThat(registry.list(ALL, 1, null).jobs().get(0).log()).isEqualTo(lines);
    }

    @Test
    void theLastProgressComesBackWithAllItsParts() {
      Progress progress =
          new Progress(
              Progress.Source.LONGOPS,
              7,
              "Índices ñ",
              new BigDecimal("0.25"),
              new BigDecimal("12345678901234567890"),
              "bloques",
              NOW.plusSeconds(3));
      Job job = running().at(progress);
      assertThat(found(added(job)).state().lastProgress()).isEqualTo(progress);
    }
  }

  /** Compare and set. */
  @Nested
  class Replacing {

    @Test
    void aJobIsReplacedByTheOneMadeFromIt() {
      Job job = added(running());
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isTrue();
      assertThat(found(job)).isEqualTo(job.succeeded(RESULT, LATER));
    }

    @Test
    void everyNewsOfProgressReplacesTheOneBefore() {
      Job job = added(running());
      Job half = job.at(HALF);
      assertThat(registry.replace(job, half)).isTrue();
      assertThat(registry.replace(half, half)).isTrue();
      assertThat(found(job)).isEqualTo(half);
    }

    @Test
    void newsOfProgressLeaveAloneWhoAskedItToStopMeanwhile() {
      Job job = added(running());
      Job own = job.cancelling(Stop.asked(Stop.Reason.SHUTDOWN, NODE, NOW));
      registry.replace(job, own);
      registry.replace(own, own.cancelling(SampleJobs.STOP));
      assertThat(registry.replace(own, own.at(HALF))).isTrue();
      assertThat(found(job).stop()).isEqualTo(SampleJobs.STOP);
      assertThat(found(job).state().lastProgress()).isEqualTo(HALF);
    }

    @Test
    void aJobThatIsNotThereIsNotReplaced() {
      Job job = running();
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isFalse();
      assertThat(registry.find(job.id())).isEmpty();
    }

    @Test
    void aJobThatHasEndedKeepsItsEnd() {
      Job job = added(running());
      registry.replace(job, job.succeeded(RESULT, LATER));
      assertThat(registry.replace(job, job.failed(FAILURE, LATER))).isFalse();
      assertThat(registry.replace(job, job.at(HALF))).isFalse();
      assertThat(found(job)).isEqualTo(job.succeeded(RESULT, LATER));
    }

    @Test
    void aReplacementThatIsRepeatedIsNotDoneAgain() {
      Job job = added(running());
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isTrue();
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isFalse();
    }

    @Test
    void aNodeThatDoesNotHoldTheJobIsRefused() {
      Job job = added(running());
      Job elsewhere = heldBy(job, "node-b", 1);
      assertThat(registry.replace(elsewhere, elsewhere.succeeded(RESULT, LATER))).isFalse();
      assertThat(found(job)).isEqualTo(job);
    }

    @Test
    void anEarlierAttemptOfTheSameNodeIsRefused() {
      Job second = added(heldBy(queued(), NODE, 2));
      Job first = heldBy(second, NODE, 1);
      assertThat(registry.replace(first, first.succeeded(RESULT, LATER))).isFalse();
      assertThat(registry.replace(second, second.succeeded(RESULT, LATER))).isTrue();
    }

    @Test
    void whoThinksThatAJobStillWaitsIsRefusedOnceItIsClaimed() {
      Job job = added(startingBefore(LATER));
      SampleJobs.claim(registry, NODE, 1, NOW);
      assertThat(registry.replace(job, job.expired(LATER))).isFalse();
      assertThat(found(job).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void otherJobsStayAsTheyAre() {
      Job other = added(running());
      Job job = added(running());
      registry.replace(job, job.succeeded(RESULT, LATER));
      assertThat(found(other)).isEqualTo(other);
    }

    @Test
    void ofManyWhoRaceOneWins() throws Exception {
      for (int round = 0; round < 20; round++) {
        Job job = added(running());
        AtomicInteger next = new AtomicInteger();
        List<Integer> winners =
            atOnce(
                4,
                () -> {
                  int mine = next.incrementAndGet();
                  ProcedureResult result = result("quién", BigDecimal.valueOf(mine));
                  return registry.replace(job, job.succeeded(result, LATER)) ? mine : 0;
                });
        winners.removeIf(each -> each == 0);
        assertThat(winners).hasSize(1);
        assertThat(found(job).state())
            .isEqualTo(
                job.succeeded(result("quién", BigDecimal.valueOf(winners.get(0))), LATER).state());
      }
    }
  }

  /** Pure steps. */
  @Nested
  class Updating {

    @Test
    void anUpdateGivesTheJobAfterIt() {
      Job job = added(running());
      Job next = registry.update(job.id(), each -> each.succeeded(RESULT, LATER)).orElseThrow();
      assertThat(next.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(found(job)).isEqualTo(next);
    }

    @Test
    void anUpdateOfAJobThatIsNotThereGivesNothing() {
      assertThat(registry.update(JobId.random(), each -> each.succeeded(RESULT, LATER))).isEmpty();
    }

    @Test
    void aStepThatLeavesTheJobChangesNothing() {
      Job job = added(running());
      assertThat(registry.update(job.id(), each -> each)).contains(job);
      assertThat(found(job)).isEqualTo(job);
    }

    @Test
    void aStepIsTakenAgainWhenSomebodyElseWasFaster() {
      Job job = added(queued());
      List<JobStatus> seen = new ArrayList<>();
      registry.update(
          job.id(),
          each -> {
            seen.add(each.status());
            if (seen.size() == 1) {
              SampleJobs.claim(registry, NODE, 1, NOW);
            }
            return each.failed(FAILURE, LATER);
          });
      assertThat(seen).containsExactly(JobStatus.QUEUED, JobStatus.RUNNING);
      assertThat(found(job)).isEqualTo(job.claimedBy(NODE, NOW).failed(FAILURE, LATER));
    }

    @Test
    void ofManyWhoEndAJobAtOnceAllSeeTheSameEnd() throws Exception {
      Job job = added(running());
      List<Job> seen =
          atOnce(
              6,
              () ->
                  registry
                      .update(
                          job.id(),
                          each -> each.status().isEnd() ? each : each.failed(FAILURE, LATER))
                      .orElseThrow());
      assertThat(seen).containsOnly(job.failed(FAILURE, LATER));
    }
  }

  /** Who gets what to run. */
  @Nested
  class Claiming {

    @Test
    void theOldestAreClaimedFirstAndNoMoreThanWanted() {
      List<Job> jobs = List.of(added(queued()), added(queued("bea")), added(queued()));
      assertThat(SampleJobs.claim(registry, NODE, 2, LATER))
          .containsExactly(jobs.get(0).claimedBy(NODE, LATER), jobs.get(1).claimedBy(NODE, LATER));
      assertThat(SampleJobs.claim(registry, NODE, 2, LATER))
          .containsExactly(jobs.get(2).claimedBy(NODE, LATER));
      assertThat(SampleJobs.claim(registry, NODE, 2, LATER)).isEmpty();
    }

    @Test
    void theOrderIsThatOfAddingWhateverTheClockSaid() {
      Job first = added(queued());
      Job second =
          added(Job.queued(JobId.random(), "ana", CALL, JobTerms.USUAL, NOW.minusSeconds(60)));
      assertThat(SampleJobs.claim(registry, NODE, 5, NOW))
          .extracting(Job::id)
          .containsExactly(first.id(), second.id());
    }

    @Test
    void aClaimedJobIsFoundRunningOnItsNode() {
      Job job = added(queued());
      SampleJobs.claim(registry, "node-b", 1, LATER);
      assertThat(found(job).state())
          .isEqualTo(new JobState.Running(new JobState.Claim("node-b", 1, LATER), Progress.NONE));
    }

    @Test
    void whatAlreadyRunsOrHasEndedIsNotClaimed() {
      inEveryState().stream()
          .filter(job -> job.status() != JobStatus.QUEUED)
          .forEach(JobRegistryContract.this::added);
      assertThat(SampleJobs.claim(registry, NODE, 100, NOW)).isEmpty();
    }

    @Test
    void nothingIsClaimedByWhoHasNoFreeWorker() {
      added(queued());
      assertThat(SampleJobs.claim(registry, NODE, 0, NOW)).isEmpty();
      assertThat(registry.queued()).isEqualTo(1);
    }

    @Test
    void whatMayNoLongerStartIsPassedOver() {
      Job tooLate = added(startingBefore(LATER));
      Job inTime = added(startingBefore(LATER.plusMillis(1)));
      Job whenever = added(queued());
      assertThat(SampleJobs.claim(registry, NODE, 5, LATER))
          .extracting(Job::id)
          .containsExactly(inTime.id(), whenever.id());
      assertThat(found(tooLate)).isEqualTo(tooLate);
    }

    @Test
    void labelsAndTimesComeWithTheClaim() {
      Job job =
          added(
              Job.queued(
                  JobId.random(),
                  "bea",
                  CALL,
                  JobTerms.of(Map.of("lote", "7"), LATER),
                  NOW.minusMillis(1)));
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW))
          .containsExactly(job.claimedBy(NODE, NOW));
    }

    @Test
    void eightClaimersNeverGetTheSameJob() throws Exception {
      List<JobId> all = IntStream.range(0, 200).mapToObj(at -> added(queued()).id()).toList();
      AtomicInteger node = new AtomicInteger();
      List<List<Job>> claimed =
          atOnce(8, () -> claimAll("node-" + node.incrementAndGet(), new ArrayList<>()));
      List<JobId> ids =
          claimed.stream().flatMap(List::stream).map(Job::id).collect(toCollection(ArrayList::new));
      assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
      claimed.stream().flatMap(List::stream).forEach(job -> assertThat(found(job)).isEqualTo(job));
    }

    private List<Job> claimAll(String node, List<Job> mine) {
      List<Job> more;
      do {
        more = SampleJobs.claim(registry, node, 3, NOW);
        mine.addAll(more);
      } while (!more.isEmpty());
      return mine;
    }

    @Test
    void jobsAddedWhileOthersClaimAreAllClaimedOnce() throws Exception {
      int each = 25;
      List<Job> claimed = Collections.synchronizedList(new ArrayList<>());
      atOnce(
          4,
          () -> {
            for (int at = 0; at < each; at++) {
              added(queued());
              claimed.addAll(SampleJobs.claim(registry, NODE, 2, NOW));
            }
            return true;
          });
      claimed.addAll(SampleJobs.claim(registry, NODE, 4 * each, NOW));
      assertThat(claimed).extracting(Job::id).doesNotHaveDuplicates().hasSize(4 * each);
    }

    @Test
    void whatIsQueuedIsCounted() {
      assertThat(registry.queued()).isZero();
      inEveryState().forEach(JobRegistryContract.this::added);
      added(queued());
      assertThat(registry.queued()).isEqualTo(3);
      SampleJobs.claim(registry, NODE, 1, NOW);
      assertThat(registry.queued()).isEqualTo(2);
    }
  }

  /** In which order jobs leave the queue, and which may not. */
  @Nested
  class Order {

    private List<String> claimedOwners(int most) {
      return SampleJobs.claim(registry, NODE, most, NOW).stream().map(Job::owner).toList();
    }

    private void addOf(String owner, int count) {
      IntStream.range(0, count).forEach(at -> added(queued(owner)));
    }

    @Test
    void everyCallerHasATurnHoweverManyJobsAnotherHasQueued() {
      addOf("ana", 50);
      addOf("bea", 3);
      added(queued("cleo"));
      assertThat(claimedOwners(8))
          .containsExactly("ana", "bea", "cleo", "ana", "bea", "ana", "bea", "ana");
    }

    @Test
    void whoComesLaterJoinsTheRoundThatTheQueueIsIn() {
      addOf("ana", 10);
      assertThat(claimedOwners(5)).hasSize(5);
      addOf("bea", 10);
      assertThat(claimedOwners(4)).containsExactly("ana", "bea", "ana", "bea");
      addOf("ana", 1);
      assertThat(claimedOwners(100)).hasSize(12).endsWith("bea", "bea");
    }

    @Test
    void aHigherPriorityGoesBeforeAllOthers() {
      addOf("ana", 2);
      Job late = added(SampleJobs.with("ana", CALL, 9, null, 1, null));
      Job first = added(SampleJobs.with("bea", CALL, 1, null, 1, null));
      List<Job> claimed = SampleJobs.claim(registry, NODE, 4, NOW);
      assertThat(claimed.get(0).id()).isEqualTo(first.id());
      assertThat(claimed.get(3).id()).isEqualTo(late.id());
    }

    @Test
    void aJobThatIsToBeRunAgainWaitsUntilItsTime() {
      Job job = added(SampleJobs.ofIdempotent(3).claimedBy(NODE, NOW));
      Job again = job.requeued(FAILURE, NOW, LATER);
      assertThat(registry.replace(job, again)).isTrue();
      assertThat(found(job)).isEqualTo(again);
      assertThat(SampleJobs.claim(registry, NODE, 1, LATER.minusMillis(1))).isEmpty();
      Job second = SampleJobs.claim(registry, NODE, 1, LATER).get(0);
      assertThat(second.state().heldBy()).contains(new JobState.Claim(NODE, 2, LATER));
      assertThat(second.history()).isEqualTo(again.history());
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isFalse();
    }

    @Test
    void aJobThatIsToBeRunAgainStillHasItsSecrets() {
      Job job = SampleJobs.ofIdempotent(3, callWithSecret("Secr3to"));
      added(job);
      Job claimed = SampleJobs.claim(registry, NODE, 1, NOW).get(0);
      registry.replace(claimed, claimed.requeued(FAILURE, NOW, NOW));
      assertThat(found(job).call().arguments().get(1).value()).isEqualTo(SecretNames.MASK);
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW).get(0).call()).isEqualTo(job.call());
    }

    /** Lets so many of each group run, and so many of each owner. */
    private ClaimPolicy limits(Map<String, Integer> groups, int perOwner) {
      return new ClaimPolicy() {
        @Override
        public boolean countsRunning() {
          return true;
        }

        @Override
        public Round begin(List<Running> running) {
          Map<String, Long> count = new HashMap<>();
          for (Running each : running) {
            count.merge("o " + each.owner(), each.count(), Long::sum);
            count.merge("g " + each.group(), each.count(), Long::sum);
          }
          return (owner, group) -> {
            if (group != null
                && count.getOrDefault("g " + group, 0L) >= groups.getOrDefault(group, 9999)) {
              return Verdict.GROUP_FULL;
            }
            if (count.getOrDefault("o " + owner, 0L) >= perOwner) {
              return Verdict.OWNER_FULL;
            }
            count.merge("o " + owner, 1L, Long::sum);
            count.merge("g " + group, 1L, Long::sum);
            return Verdict.ADMITTED;
          };
        }
      };
    }

    @Test
    void whatIsFullIsPassedOverAndEverythingBehindItIsTaken() {
      IntStream.range(0, 30).forEach(at -> added(SampleJobs.with("ana", CALL, 5, "ETL", 1, null)));
      addOf("ana", 1);
      Job running = added(SampleJobs.with("cleo", CALL, 5, "ETL", 1, null).claimedBy("x", NOW));
      registry.replace(running, running.cancelling(SampleJobs.STOP));
      ClaimPolicy.Claimed claimed = registry.claim(NODE, 10, NOW, limits(Map.of("ETL", 3), 99));
      assertThat(claimed.heldBack()).isTrue();
      assertThat(claimed.jobs())
          .extracting(job -> job.terms().limitGroup())
          .containsExactly("ETL", "ETL", null);
    }

    @Test
    void anOwnerWhoHasEnoughIsPassedOver() {
      addOf("ana", 5);
      addOf("bea", 2);
      ClaimPolicy.Claimed claimed = registry.claim(NODE, 10, NOW, limits(Map.of(), 2));
      assertThat(claimed.jobs())
          .extracting(Job::owner)
          .containsExactlyInAnyOrder("ana", "ana", "bea", "bea");
      assertThat(claimed.heldBack()).isTrue();
      assertThat(registry.claim(NODE, 10, NOW, limits(Map.of(), 2)).jobs()).isEmpty();
      assertThat(registry.claim(NODE, 10, NOW, limits(Map.of(), 99)).heldBack()).isFalse();
    }

    @Test
    void eightClaimersTogetherNeverExceedALimit() throws Exception {
      IntStream.range(0, 40)
          .forEach(at -> added(SampleJobs.with("o" + at, CALL, 5, "ETL", 1, null)));
      List<Callable<Integer>> claims =
          IntStream.range(0, 8)
              .<Callable<Integer>>mapToObj(
                  at ->
                      () ->
                          registry
                              .claim("node" + at, 3, NOW, limits(Map.of("ETL", 7), 99))
                              .jobs()
                              .size())
              .toList();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      int claimed = 0;
      try {
        for (Future<Integer> each : threads.invokeAll(claims)) {
          claimed += each.get();
        }
      } finally {
        threads.shutdown();
      }
      assertThat(claimed).isEqualTo(7);
    }
  }

  /** Submits that are known again. */
  @Nested
  class Keys {

    private final SubmitKey key = SubmitKey.of("ana", "k1", "{}");

    private Job withKey(SubmitKey of) {
      return SampleJobs.with("ana", CALL, 5, null, 1, of);
    }

    @Test
    void aKeyLetsOneJobInAndIsFoundByIt() {
      assertThat(registry.findByKey(key.id())).isEmpty();
      Job first = withKey(key);
      assertThat(registry.add(first)).isTrue();
      assertThat(registry.add(withKey(key))).isFalse();
      assertThat(registry.add(withKey(key).claimedBy(NODE, NOW))).isFalse();
      assertThat(registry.findByKey(key.id())).contains(first);
      assertThat(registry.list(ALL, 10, null).total()).isEqualTo(1);
      assertThat(registry.add(withKey(SubmitKey.of("bea", "k1", "{}")))).isTrue();
    }

    @Test
    void aKeyGoesWithItsJob() {
      Job first = withKey(key);
      registry.add(first);
      registry.remove(first);
      assertThat(registry.findByKey(key.id())).isEmpty();
      assertThat(registry.add(withKey(key))).isTrue();
    }

    @Test
    void ofEightAtOnceOneIsLetIn() throws Exception {
      List<Callable<Boolean>> adds =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(
                  at ->
                      () ->
                          registry.add(
                              at % 2 == 0 ? withKey(key) : withKey(key).claimedBy(NODE, NOW)))
              .toList();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      int added = 0;
      try {
        for (Future<Boolean> each : threads.invokeAll(adds)) {
          added += each.get() ? 1 : 0;
        }
      } finally {
        threads.shutdown();
      }
      assertThat(added).isEqualTo(1);
    }
  }

  /** Jobs that are asked to stop. */
  @Nested
  class Stopping {

    @Test
    void aNodeHearsWhichItHoldsWhichOfThemAreToStopAndWhoAsked() {
      Job mine = added(running());
      Job others = added(queued().claimedBy("node-b", NOW));
      Job goesOn = added(running());
      added(queued());
      Job ended = added(running());
      registry.replace(ended, ended.succeeded(RESULT, LATER));
      for (Job each : List.of(mine, others)) {
        assertThat(registry.replace(each, each.cancelling(SampleJobs.STOP.withRemoval()))).isTrue();
      }
      assertThat(registry.news(NODE).holds())
          .containsExactlyInAnyOrder(
              new NodeNews.Hold(mine.id(), 1, SampleJobs.STOP.withRemoval()),
              new NodeNews.Hold(goesOn.id(), 1, null));
      assertThat(registry.news("node-c").holds()).isEmpty();
    }

    @Test
    void everyRemovalIsNewsAndNothingElse() {
      long before = registry.news(NODE).removals();
      Job one = added(running().succeeded(RESULT, LATER));
      Job other = added(running().failed(FAILURE, LATER));
      Job marked = added(running());
      registry.replace(marked, marked.cancelling(SampleJobs.STOP.withRemoval()));
      registry.removeMarked();
      assertThat(registry.news(NODE).removals()).isEqualTo(before);
      assertThat(registry.remove(one)).isTrue();
      long first = registry.news(NODE).removals();
      assertThat(first).isGreaterThan(before);
      assertThat(registry.remove(one)).isFalse();
      assertThat(registry.news(NODE).removals()).isEqualTo(first);
      assertThat(registry.removeEnded(ALL)).isPositive();
      long second = registry.news(NODE).removals();
      assertThat(second).isGreaterThan(first);
      assertThat(registry.find(other.id())).isEmpty();
      registry.replace(marked, marked.failed(FAILURE, LATER));
      assertThat(registry.removeMarked()).isEqualTo(1);
      assertThat(registry.news(NODE).removals()).isGreaterThan(second);
    }

    @Test
    void removalsDoNotDisturbEachOther() throws Exception {
      List<Job> jobs = new ArrayList<>();
      for (int at = 0; at < 60; at++) {
        jobs.add(added(running().succeeded(RESULT, LATER)));
      }
      ExecutorService threads = Executors.newFixedThreadPool(6);
      try {
        List<Callable<Boolean>> removals = new ArrayList<>();
        jobs.forEach(job -> removals.add(() -> registry.remove(job)));
        for (Future<Boolean> each : threads.invokeAll(removals)) {
          assertThat(each.get()).isTrue();
        }
      } finally {
        threads.shutdown();
      }
    }

    @Test
    void anEndIsTakenFromANodeThatHasNotHeardOfTheStopAndTheStopStaysOnRecord() {
      Job job = added(running());
      registry.replace(job, job.cancelling(SampleJobs.STOP.withRemoval()));
      assertThat(registry.replace(job, job.at(HALF))).isFalse();
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isTrue();
      assertThat(found(job).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(found(job).stop()).isEqualTo(SampleJobs.STOP.withRemoval());
    }

    @Test
    void anEndIsTakenThatKnowsOfAStopTheRegistryHasNotHeardOf() {
      Job job = added(running());
      Job end = job.cancelling(SampleJobs.STOP).stopped(Stop.Step.SESSION, FAILURE, LATER);
      assertThat(registry.replace(job.cancelling(SampleJobs.STOP), end)).isTrue();
      assertThat(found(job)).isEqualTo(end);
    }

    @Test
    void anotherClaimsEndIsRefusedThoughTheJobIsToStop() {
      Job job = added(running());
      registry.replace(job, job.cancelling(SampleJobs.STOP));
      Job other = SampleJobs.heldBy(job, NODE, 2);
      assertThat(registry.replace(other, other.succeeded(RESULT, LATER))).isFalse();
    }

    @Test
    void whatWasMarkedGoesOnceItHasEndedUnlessItIsLost() {
      Job ends = added(running());
      Job lost = added(running());
      Job goesOn = added(running());
      for (Job each : List.of(ends, lost, goesOn)) {
        registry.replace(each, each.cancelling(SampleJobs.STOP.withRemoval()));
      }
      registry.replace(ends, ends.failed(FAILURE, LATER));
      registry.replace(lost, lost.lost(FAILURE, LATER));
      assertThat(registry.removeMarked()).isEqualTo(1);
      assertThat(registry.list(ALL, 10, null).jobs())
          .extracting(Job::id)
          .containsExactly(goesOn.id(), lost.id());
    }

    @Test
    void whatWaitsForNobodyIsReplacedAsEver() {
      Job job = added(running());
      assertThat(registry.replaceUnlessBusy(job, job.lost(FAILURE, LATER))).isTrue();
      assertThat(registry.replaceUnlessBusy(job, job.lost(FAILURE, LATER))).isFalse();
      assertThat(found(job).status()).isEqualTo(JobStatus.LOST);
    }
  }

  /** Values that only who runs the job may see. */
  @Nested
  class Secrets {

    @Test
    void aSecretIsMaskedWhereverAJobIsLookedAt() {
      Job job = added(queued(callWithSecret("Secr3to-ñ")));
      Job masked = job.withCall(job.call().masked());
      assertThat(found(job)).isEqualTo(masked);
      assertThat(registry.list(ALL, 1, null).jobs()).containsExactly(masked);
      assertThat(found(job).call().arguments().get(1).value()).isEqualTo(SecretNames.MASK);
    }

    @Test
    void whoClaimsAJobGetsItsSecretMarkedAsSuch() {
      Job job = added(queued(callWithSecret("Secr3to-ñ")));
      List<Job> claimed = SampleJobs.claim(registry, NODE, 1, NOW);
      assertThat(claimed).containsExactly(job.claimedBy(NODE, NOW));
      assertThat(claimed.get(0).call().hasSecrets()).isTrue();
    }

    @Test
    void aSecretThatIsNoTextIsKeptAsWell() {
      Job number = added(queued(callWithSecret(new BigDecimal("1234.50"))));
      Job list = added(queued(callWithSecret(List.of("a", Boolean.TRUE))));
      assertThat(SampleJobs.claim(registry, NODE, 2, NOW))
          .containsExactly(number.claimedBy(NODE, NOW), list.claimedBy(NODE, NOW));
    }

    @Test
    void aSecretWithinAnObjectIsMaskedAndKeptForWhoClaimsTheJob() {
      Job job = added(queued(callWithSecretWithin("Secr3to-ñ")));
      Job masked = job.withCall(callWithSecretWithin(SecretNames.MASK));
      assertThat(found(job)).isEqualTo(masked);
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW))
          .containsExactly(job.claimedBy(NODE, NOW));
      assertThat(found(job).call()).isEqualTo(masked.call());
    }

    @Test
    void aSecretThatIsNullIsNoSecret() {
      Job job = added(queued(callWithSecret(null)));
      assertThat(found(job)).isEqualTo(job);
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW))
          .containsExactly(job.claimedBy(NODE, NOW));
    }

    @Test
    void theSecretOfAJobThatRunsIsMasked() {
      Job job = added(queued(callWithSecret("Secr3to")).claimedBy(NODE, NOW));
      assertThat(found(job).call()).isEqualTo(job.call().masked());
      Job claimed = added(queued(callWithSecret("Secr3to")));
      SampleJobs.claim(registry, NODE, 1, NOW);
      assertThat(found(claimed).call()).isEqualTo(job.call().masked());
    }

    @Test
    void whoHasTheSecretEndsTheJobWithoutStoringIt() {
      added(queued(callWithSecret("Secr3to")));
      Job claimed = SampleJobs.claim(registry, NODE, 1, NOW).get(0);
      assertThat(registry.replace(claimed, claimed.succeeded(RESULT, LATER))).isTrue();
      assertThat(found(claimed).call()).isEqualTo(claimed.call().masked());
    }
  }

  /** Jobs that never start. */
  @Nested
  class Expiring {

    @Test
    void whatMayNoLongerStartEndsAsExpired() {
      Job tooLate = added(startingBefore(LATER));
      Job inTime = added(startingBefore(LATER.plusMillis(1)));
      Job whenever = added(queued());
      List<Job> told = new ArrayList<>();
      assertThat(registry.expire(LATER, told::add)).isEqualTo(1);
      assertThat(told).containsExactly(tooLate.expired(LATER));
      assertThat(found(tooLate)).isEqualTo(tooLate.expired(LATER));
      assertThat(found(inTime)).isEqualTo(inTime);
      assertThat(found(whenever)).isEqualTo(whenever);
      assertThat(registry.expire(LATER, told::add)).isZero();
      assertThat(told).hasSize(1);
    }

    @Test
    void whatHasStartedInTimeIsLeftAlone() {
      Job running = added(startingBefore(LATER).claimedBy(NODE, NOW));
      assertThat(registry.expire(LATER.plusSeconds(1), job -> {})).isZero();
      assertThat(found(running)).isEqualTo(running);
    }

    @Test
    void howManyEverThereAreAllExpire() {
      IntStream.range(0, 230).forEach(at -> added(startingBefore(LATER)));
      Set<JobId> told = new HashSet<>();
      assertThat(registry.expire(LATER, job -> told.add(job.id()))).isEqualTo(230);
      assertThat(told).hasSize(230);
      assertThat(registry.queued()).isZero();
    }

    @Test
    void aJobIsEitherClaimedOrExpired() throws Exception {
      IntStream.range(0, 60).forEach(at -> added(startingBefore(LATER)));
      AtomicInteger role = new AtomicInteger();
      List<Integer> counts =
          atOnce(
              4,
              () ->
                  role.getAndIncrement() % 2 == 0
                      ? registry.expire(LATER, job -> {})
                      : SampleJobs.claim(registry, NODE, 60, NOW).size());
      assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }
  }

  /** How many wait, of which procedures, and since when. */
  @Nested
  class Waiting {

    @Test
    void whereNothingWaitsNothingIsCounted() {
      added(running());
      added(succeeded(RESULT));
      assertThat(registry.waiting()).isEmpty();
    }

    @Test
    void theJobsOfEachProcedureAreCountedFromTheFirstOn() {
      added(SampleJobs.with("bea", CALL, 5, null, 1, null));
      added(SampleJobs.with("ana", CALL, 1, null, 1, null));
      added(SampleJobs.with("ana", CALL, 1, null, 1, null).claimedBy(NODE, NOW));
      added(Job.queued(JobId.random(), "ana", CALL, JobTerms.USUAL, LATER));
      assertThat(registry.waiting())
          .containsExactlyInAnyOrder(
              new WaitingJobs("APP.PKG_ETL.PROCESO_LARGO", 2, NOW),
              new WaitingJobs(null, 1, LATER));
    }

    @Test
    void whatHasRunBeforeWaitsSinceItMayRunAgain() {
      Job again = added(SampleJobs.ofIdempotent(3).claimedBy(NODE, NOW));
      registry.replace(again, again.requeued(FAILURE, NOW.plusSeconds(1), LATER));
      assertThat(registry.waiting())
          .containsExactly(new WaitingJobs("APP.PKG_ETL.PROCESO_LARGO", 1, LATER));
    }

    @Test
    void whatCouldNotBeBegunHasWaitedSinceItWasAccepted() {
      Job away = added(running());
      registry.replace(away, away.unclaimed(LATER));
      assertThat(registry.waiting()).containsExactly(new WaitingJobs(null, 1, NOW));
    }
  }

  /** Page by page. */
  @Nested
  class Listing {

    private List<Job> newestFirst(List<Job> jobs) {
      List<Job> reversed = new ArrayList<>(jobs);
      Collections.reverse(reversed);
      return reversed;
    }

    private List<Job> add(int count) {
      return IntStream.range(0, count).mapToObj(at -> added(queued())).toList();
    }

    private List<Job> pages(JobFilter filter, int limit, Runnable between) {
      List<Job> all = new ArrayList<>();
      JobPage page = registry.list(filter, limit, null);
      all.addAll(page.jobs());
      while (page.next() != null) {
        between.run();
        page = registry.list(filter, limit, page.next());
        all.addAll(page.jobs());
      }
      return all;
    }

    @Test
    void anEmptyRegistryHasOneEmptyPage() {
      assertThat(registry.list(ALL, 10, null)).isEqualTo(new JobPage(List.of(), 0, null));
    }

    @Test
    void theNewestComesFirst() {
      List<Job> jobs = add(3);
      assertThat(registry.list(ALL, 10, null)).isEqualTo(new JobPage(newestFirst(jobs), 3, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 100})
    void thePagesTogetherHaveEveryJobOnce(int limit) {
      List<Job> jobs = add(7);
      assertThat(pages(ALL, limit, () -> {})).isEqualTo(newestFirst(jobs));
    }

    @Test
    void thePagesOfOneOwnerHaveOnlyTheirJobs() {
      List<Job> mine = new ArrayList<>();
      for (int at = 0; at < 5; at++) {
        added(queued("bea"));
        mine.add(added(queued("ana")));
      }
      assertThat(pages(new JobFilter("ana", Set.of(), null), 2, () -> {}))
          .isEqualTo(newestFirst(mine));
    }

    @Test
    void aPageFilledToTheLastJobIsTheLast() {
      add(4);
      JobPage first = registry.list(ALL, 2, null);
      assertThat(first.next()).isNotNull();
      assertThat(registry.list(ALL, 2, first.next()).next()).isNull();
    }

    @Test
    void laterPagesDoNotShiftWhenJobsAreAdded() {
      List<Job> jobs = add(6);
      assertThat(pages(ALL, 2, () -> added(queued()))).isEqualTo(newestFirst(jobs));
    }

    @Test
    void laterPagesDoNotShiftWhenJobsAreRemoved() {
      List<Job> jobs = add(6);
      JobPage first = registry.list(ALL, 2, null);
      first.jobs().forEach(registry::remove);
      assertThat(registry.list(ALL, 10, first.next()).jobs())
          .isEqualTo(newestFirst(jobs.subList(0, 4)));
    }

    @Test
    void theTotalIsOfAllThatMatchWhateverThePage() {
      add(5);
      added(queued("bea"));
      JobPage first = registry.list(new JobFilter("ana", Set.of(), null), 2, null);
      assertThat(first.total()).isEqualTo(5);
      assertThat(registry.list(new JobFilter("ana", Set.of(), null), 2, first.next()).total())
          .isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("org.diferido.job.JobRegistryContract#filters")
    void aFilterGivesTheJobsThatItMeans(JobFilter filter) {
      List<Job> jobs = new ArrayList<>(SampleJobs.inEveryState("ana"));
      jobs.addAll(SampleJobs.inEveryState("bea"));
      jobs.forEach(JobRegistryContract.this::added);
      List<Job> expected = newestFirst(jobs.stream().filter(filter::matches).toList());
      JobPage page = registry.list(filter, 100, null);
      assertThat(page.jobs()).isEqualTo(expected);
      assertThat(page.total()).isEqualTo(expected.size());
    }
  }

  static List<JobFilter> filters() {
    List<JobFilter> filters = new ArrayList<>();
    for (String owner : Arrays.asList(null, "ana", "ANA", "nadie")) {
      for (Set<Reported> statuses :
          List.of(
              Set.<Reported>of(),
              Set.of(Reported.PENDING),
              Set.of(Reported.RUNNING),
              Set.of(Reported.COMPLETED, Reported.FAILED),
              Set.of(Reported.values()))) {
        for (Instant endedBefore : Arrays.asList(null, LATER, LATER.plusMillis(1))) {
          filters.add(new JobFilter(owner, statuses, endedBefore));
        }
      }
    }
    for (JobStatus state : JobStatus.values()) {
      filters.add(JobFilter.ALL.in(Set.of(state)));
      filters.add(new JobFilter("bea", Set.of(Reported.FAILED), null).in(Set.of(state)));
    }
    filters.add(JobFilter.ALL.in(Set.of()));
    filters.addAll(searches());
    return filters;
  }

  /** Filters for which jobs have to be looked through. */
  private static List<JobFilter> searches() {
    List<JobFilter> searches = new ArrayList<>();
    for (String text : List.of("an", "PROCESO", "20001", "error", "venció", "nada de eso")) {
      searches.add(containing(text));
      searches.add(containing(text).in(JobStatus.ENDS));
    }
    for (String pattern : List.of("pkg_etl.*", "APP.*", "*LARGO", "PKGxETL*")) {
      searches.add(ofProcedure(pattern));
    }
    searches.add(createdIn(NOW, LATER));
    searches.add(createdIn(LATER, null));
    searches.add(createdIn(null, NOW));
    searches.add(labelled(new Label("cierre", null)));
    return searches;
  }

  private static JobFilter containing(String text) {
    return search(null, List.of(), Period.ANY, text);
  }

  private static JobFilter ofProcedure(String pattern) {
    return search(ProcedurePattern.parse(pattern), List.of(), Period.ANY, null);
  }

  private static JobFilter labelled(Label... labels) {
    return search(null, List.of(labels), Period.ANY, null);
  }

  private static JobFilter createdIn(Instant from, Instant before) {
    return search(null, List.of(), new Period(from, before), null);
  }

  private static JobFilter search(
      ProcedurePattern procedure, List<Label> labels, Period created, String text) {
    return new JobFilter(null, JobFilter.ANY_STATE, procedure, labels, created, null, text);
  }

  /** What is found by looking for it. */
  @Nested
  class Searching {

    /** Of texts that mean something to SQL, to JSON, or to nobody. */
    private static final String ODD = "{}:,\"\\%_!'n aÑñ€\n\u0001";

    private void assertFinds(JobFilter filter, Job... expected) {
      List<Job> newestFirst = Arrays.asList(expected);
      JobPage page = registry.list(filter, 100, null);
      assertThat(page.jobs()).as(filter.toString()).isEqualTo(newestFirst);
      assertThat(page.total()).isEqualTo(expected.length);
      assertThat(page.isExact()).isTrue();
    }

    @Test
    void aProcedureIsFoundByEitherOfItsNamesInAnyCase() {
      Job long1 =
          added(SampleJobs.of("ana", "pkg_etl.Proceso", "APP.PKG_ETL.PROCESO", Map.of(), NOW));
      Job synonym = added(SampleJobs.of("ana", "sinonimo", "APP.PKGXETL.PROCESO", Map.of(), NOW));
      Job old = added(SampleJobs.of("ana", "\"Año nuevo\"", null, Map.of(), NOW));
      assertFinds(ofProcedure("PKG_ETL.PROCESO"), long1);
      assertFinds(ofProcedure("app.pkg_etl.*"), long1);
      assertFinds(ofProcedure("Sinonimo"), synonym);
      assertFinds(ofProcedure("*.PROCESO"), synonym, long1);
      assertFinds(ofProcedure("pkg*"), long1);
      assertFinds(ofProcedure("\"AÑO*"), old);
      assertFinds(ofProcedure("*"), old, synonym, long1);
      assertFinds(ofProcedure("PROCESO"));
    }

    @Test
    void aLabelIsFoundByItsNameAndItsVeryValue() {
      List<Job> jobs = new ArrayList<>();
      List<Map<String, String>> odd =
          List.of(
              Map.of("lote", "100%"),
              Map.of("lote", "1000"),
              Map.of("lote", "a_b"),
              Map.of("lote", "axb"),
              Map.of("lote", "di \"hola\""),
              Map.of("lote", "C:\\temp\\"),
              Map.of("lote", "ñandú €"),
              Map.of("lote", "ÑANDÚ €"),
              Map.of("lote", ""),
              Map.of("lote", "!"),
              Map.of("lote", "línea\notra"),
              Map.of("otro \"lote", "1000"),
              Map.of("otro", "\"lote\":\"1000\""),
              Map.of("otro", ",\"lote\":\"1000"),
              Map.of("mi lote", "1000"),
              Map.of("LOTE", "1000"));
      odd.forEach(labels -> jobs.add(added(SampleJobs.labelled(labels))));
      for (int at = 0; at < odd.size(); at++) {
        Map.Entry<String, String> only = odd.get(at).entrySet().iterator().next();
        assertFinds(labelled(new Label(only.getKey(), only.getValue())), jobs.get(at));
      }
      assertThat(registry.list(labelled(new Label("lote", null)), 100, null).jobs())
          .hasSize(11)
          .doesNotContain(jobs.get(11), jobs.get(12), jobs.get(13), jobs.get(14), jobs.get(15));
    }

    @Test
    void ofSeveralLabelsAJobHasToHaveAll() {
      Job both = added(SampleJobs.labelled(Map.of("cierre", "2025-12", "lote", "7")));
      Job one = added(SampleJobs.labelled(Map.of("cierre", "2025-12")));
      added(SampleJobs.labelled(Map.of("cierre", "2025-11", "lote", "7")));
      added(SampleJobs.labelled(Map.of()));
      Label month = new Label("cierre", "2025-12");
      assertFinds(labelled(month, new Label("lote", "7")), both);
      assertFinds(labelled(month), one, both);
      assertFinds(labelled(month, new Label("lote", null)), both);
      assertFinds(labelled(month, new Label("cierre", "2025-11")));
    }

    @Test
    void aTimeHasItsFirstMomentAndNotTheOneAfterIt() {
      Job before = added(SampleJobs.of("ana", "P", null, Map.of(), NOW.minusMillis(1)));
      Job first = added(SampleJobs.of("ana", "P", null, Map.of(), NOW));
      Job last = added(SampleJobs.of("ana", "P", null, Map.of(), LATER.minusMillis(1)));
      Job after = added(SampleJobs.of("ana", "P", null, Map.of(), LATER));
      assertFinds(createdIn(NOW, LATER), last, first);
      assertFinds(createdIn(NOW, null), after, last, first);
      assertFinds(createdIn(null, NOW), before);
      assertFinds(createdIn(LATER, NOW));
    }

    @Test
    void aTextIsFoundInWhatPeopleCallAJob() {
      Job named =
          added(
              SampleJobs.of("ana", "pkg_cierre.mensual", "APP.PKG_CIERRE.MENSUAL", Map.of(), NOW));
      Job owned = added(SampleJobs.of("joaquín.peña", "P", null, Map.of(), NOW));
      Job labelled = added(SampleJobs.labelled(Map.of("sección", "Ventas \"norte\"")));
      Job failed =
          added(
              running()
                  .failed(
                      Failure.ofDatabase(
                          FailureCode.PROCEDURE_RAISED, "ORA-20001", "Falta el 5_% de IVA"),
                      LATER));
      assertFinds(containing("CIERRE.men"), named);
      assertFinds(containing("app.pkg"), named);
      assertFinds(containing("PEÑA"), owned);
      assertFinds(containing("Sección"), labelled);
      assertFinds(containing("ventas \"NORTE"), labelled);
      assertFinds(containing("5_%"), failed);
      assertFinds(containing("5__"));
      assertFinds(containing("%%"));
      assertFinds(containing(named.id().hex().substring(0, 7).toUpperCase(Locale.ROOT)), named);
      assertFinds(containing(named.id().hex().substring(1, 12)));
      assertFinds(containing("12500"));
    }

    @Test
    void allConditionsHoldTogether() {
      Job meant = added(SampleJobs.of("bea", "P", "APP.P", Map.of("lote", "7"), NOW.plusMillis(1)));
      added(SampleJobs.of("ana", "P", "APP.P", Map.of("lote", "7"), NOW.plusMillis(1)));
      added(SampleJobs.of("bea", "Q", "APP.Q", Map.of("lote", "7"), NOW.plusMillis(1)));
      added(SampleJobs.of("bea", "P", "APP.P", Map.of("lote", "8"), NOW.plusMillis(1)));
      added(SampleJobs.of("bea", "P", "APP.P", Map.of("lote", "7"), NOW));
      assertFinds(
          new JobFilter(
              "bea",
              Set.of(JobStatus.QUEUED),
              ProcedurePattern.parse("APP.P"),
              List.of(new Label("lote", "7")),
              new Period(NOW.plusMillis(1), null),
              null,
              "be"),
          meant);
    }

    @Test
    void whateverTheLabelsAreTheJobsAreThoseThatAreMeant() {
      Random random = new Random(7);
      List<Job> jobs = new ArrayList<>();
      for (int at = 0; at < 60; at++) {
        Map<String, String> labels = new HashMap<>();
        for (int label = random.nextInt(4); label > 0; label--) {
          labels.put("k" + odd(random), odd(random));
        }
        jobs.add(0, added(SampleJobs.labelled(labels)));
      }
      for (int at = 0; at < 150; at++) {
        String value = at % 3 == 0 ? null : odd(random);
        JobFilter filter = labelled(new Label("k" + odd(random), value));
        List<Job> expected = jobs.stream().filter(filter::matches).toList();
        assertFinds(filter, expected.toArray(Job[]::new));
        JobFilter text = containing(odd(random) + odd(random));
        assertThat(registry.list(text, 100, null).jobs())
            .as(text.toString())
            .isEqualTo(jobs.stream().filter(text::matches).toList());
      }
    }

    private String odd(Random random) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(3); length > 0; length--) {
        text.append(ODD.charAt(random.nextInt(ODD.length())));
      }
      return text.toString();
    }

    @Test
    void thePagesOfASearchTogetherHaveEveryJobOnce() {
      List<Job> meant = new ArrayList<>();
      for (int at = 0; at < 7; at++) {
        added(queued());
        meant.add(0, added(SampleJobs.labelled(Map.of("lote", "7"))));
      }
      List<Job> found = new ArrayList<>();
      Long from = null;
      do {
        JobPage page = registry.list(labelled(new Label("lote", "7")), 2, from);
        assertThat(page.total()).isEqualTo(7);
        found.addAll(page.jobs());
        from = page.next();
      } while (from != null);
      assertThat(found).isEqualTo(meant);
    }

    @Test
    void whatWasMadeFromAJobByARetryIsFoundByIt() {
      Job failed = added(running().failed(FAILURE, LATER));
      Job other = added(running().failed(FAILURE, LATER));
      Job first = added(SampleJobs.retryOf(failed));
      Job second = added(SampleJobs.retryOf(failed));
      assertThat(registry.retriesOf(List.of(failed.id(), other.id())))
          .containsExactlyInAnyOrder(first, second);
      assertThat(registry.retriesOf(List.of(other.id()))).isEmpty();
      assertThat(registry.retriesOf(List.of())).isEmpty();
    }
  }

  /** What is gone. */
  @Nested
  class Removing {

    @Test
    void aRemovedJobIsGone() {
      Job job = added(succeeded(RESULT));
      Job other = added(queued());
      assertThat(registry.remove(job)).isTrue();
      assertThat(registry.find(job.id())).isEmpty();
      assertThat(registry.remove(job)).isFalse();
      assertThat(registry.list(ALL, 10, null).jobs()).containsExactly(other);
    }

    @Test
    void aJobThatHasMovedOnIsNotRemoved() {
      Job job = added(queued());
      SampleJobs.claim(registry, NODE, 1, NOW);
      assertThat(registry.remove(job)).isFalse();
      assertThat(registry.remove(heldBy(job, "node-b", 1))).isFalse();
      assertThat(found(job).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aQueuedJobThatIsRemovedIsNotClaimed() {
      Job job = added(queued());
      assertThat(registry.remove(job)).isTrue();
      assertThat(SampleJobs.claim(registry, NODE, 1, NOW)).isEmpty();
    }

    @Test
    void aJobThatIsRemovedWhileItRunsCannotBeEnded() {
      Job job = added(running());
      assertThat(registry.remove(job)).isTrue();
      assertThat(registry.replace(job, job.succeeded(RESULT, LATER))).isFalse();
    }

    @Test
    void onlyWhatHasEndedIsRemovedByAFilter() {
      inEveryState().forEach(JobRegistryContract.this::added);
      assertThat(registry.removeEnded(ALL)).isEqualTo(8);
      assertThat(registry.list(ALL, 10, null).jobs())
          .extracting(Job::status)
          .containsExactly(
              JobStatus.QUEUED,
              JobStatus.CANCELLING,
              JobStatus.CANCELLING,
              JobStatus.RUNNING,
              JobStatus.RUNNING,
              JobStatus.QUEUED);
    }

    @ParameterizedTest
    @MethodSource("org.diferido.job.JobRegistryContract#filters")
    void onlyWhatMatchesIsRemoved(JobFilter filter) {
      List<Job> jobs = new ArrayList<>(SampleJobs.inEveryState("ana"));
      jobs.addAll(SampleJobs.inEveryState("bea"));
      jobs.forEach(JobRegistryContract.this::added);
      List<Job> stay =
          jobs.stream().filter(job -> !job.status().isEnd() || !filter.matches(job)).toList();
      assertThat(registry.removeEnded(filter)).isEqualTo(jobs.size() - stay.size());
      assertThat(registry.list(ALL, 100, null).jobs()).containsExactlyInAnyOrderElementsOf(stay);
    }
  }

  /** Who is alive. */
  @Nested
  class Nodes {

    @Test
    void theJobsOfANodeThatNeverBeatAreOrphans() {
      Job job = added(running());
      assertThat(registry.orphans(HOUR)).containsExactly(job);
    }

    @Test
    void theJobsOfANodeThatBeatsAreNot() {
      registry.beat(NODE);
      added(running());
      registry.beat(NODE);
      assertThat(registry.orphans(HOUR)).isEmpty();
    }

    @Test
    void theJobsOfANodeThatHasLeftAreOrphans() {
      registry.beat(NODE);
      registry.beat("node-b");
      Job job = added(running());
      added(heldBy(queued(), "node-b", 1));
      registry.leave(NODE);
      assertThat(registry.orphans(HOUR)).containsExactly(job);
    }

    @Test
    void theJobsOfANodeThatHasBeenSilentTooLongAreOrphansUntilItBeatsAgain() {
      registry.beat(NODE);
      Job job = added(running());
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> registry.orphans(Duration.ofMillis(5)).equals(List.of(job)));
      assertThat(registry.orphans(HOUR)).isEmpty();
      registry.beat(NODE);
      assertThat(registry.orphans(Duration.ofSeconds(30))).isEmpty();
    }

    @Test
    void onlyWhatRunsCanBeAnOrphan() {
      inEveryState().forEach(JobRegistryContract.this::added);
      assertThat(registry.orphans(HOUR))
          .extracting(Job::status)
          .containsExactlyInAnyOrder(
              JobStatus.RUNNING, JobStatus.RUNNING, JobStatus.CANCELLING, JobStatus.CANCELLING);
    }

    @Test
    void whoHasASilentNodeIsOnlyAnOrphanWhenSilenceIsAskedFor() {
      registry.beat(NODE);
      added(running());
      Job ofNobody = added(queued().claimedBy("nadie", NOW));
      assertThat(registry.orphans(null)).extracting(Job::id).containsExactly(ofNobody.id());
    }

    @Test
    void aSilentNodeIsForgottenUnlessItHoldsAJob() {
      registry.beat("holds");
      registry.beat("idle");
      added(queued().claimedBy("holds", NOW));
      assertThat(registry.forgetNodes(HOUR)).isZero();
      assertThat(registry.forgetNodes(Duration.ofSeconds(-1))).isEqualTo(1);
      assertThat(registry.orphans(null)).isEmpty();
    }

    @Test
    void aNodeThatIsNotThereMayLeave() {
      registry.leave("nadie");
      assertThat(registry.orphans(HOUR)).isEmpty();
    }

    @Test
    void anOrphanKeepsTheEndThatItsNodeGaveItAfterAll() {
      Job job = added(running());
      Job orphan = registry.orphans(HOUR).get(0);
      registry.replace(job, job.succeeded(RESULT, LATER));
      Failure gone = Failure.of(FailureCode.OUTCOME_UNKNOWN);
      assertThat(registry.replace(orphan, orphan.lost(gone, LATER))).isFalse();
      assertThat(found(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  /** What nodes tell of themselves, for who looks after them. */
  @Nested
  class Figures {

    private static final NodeFigures BUSY =
        new NodeFigures(10, false, 7, "1.0.0", new Refused(5, 2));

    @Test
    void whereNobodyBeatsNobodyIsKnown() {
      assertThat(registry.nodes(HOUR)).isEmpty();
      assertThat(registry.held()).isEmpty();
    }

    @Test
    void whatANodeTellsIsKnownUntilItTellsSomethingElse() {
      registry.beat("node-b");
      registry.beat(NODE, BUSY);
      assertThat(registry.nodes(HOUR)).extracting(KnownNode::name).containsExactly(NODE, "node-b");
      assertThat(registry.nodes(HOUR)).extracting(KnownNode::figures).containsExactly(BUSY, null);
      NodeFigures draining = new NodeFigures(10, true, 0, "1.0.1", Refused.NOTHING);
      registry.beat(NODE, draining);
      registry.beat(NODE);
      registry.beat("node-b", BUSY);
      assertThat(registry.nodes(HOUR))
          .extracting(KnownNode::figures)
          .containsExactly(draining, BUSY);
    }

    @Test
    void aNodeIsAliveAsLongAsItsLastBeatIsNotTooLongAgo() {
      registry.beat(NODE);
      KnownNode node = registry.nodes(HOUR).get(0);
      assertThat(node.alive()).isTrue();
      assertThat(node.lastBeat()).isEqualTo(node.startedAt());
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !registry.nodes(Duration.ofMillis(5)).get(0).alive());
      registry.beat(NODE);
      KnownNode later = registry.nodes(HOUR).get(0);
      assertThat(later.startedAt()).isEqualTo(node.startedAt());
      assertThat(later.lastBeat()).isAfter(node.lastBeat());
      registry.leave(NODE);
      assertThat(registry.nodes(HOUR)).isEmpty();
    }

    @Test
    void whatNodesHoldIsCountedByOwnerAndGroup() {
      inEveryState().forEach(JobRegistryContract.this::added);
      for (String node : List.of(NODE, "node-b", "node-b")) {
        added(SampleJobs.with("bea", CALL, 5, "PKG.*", 1, null).claimedBy(node, NOW));
      }
      assertThat(registry.held())
          .containsExactlyInAnyOrder(
              new HeldJobs(NODE, "ana", null, 4),
              new HeldJobs(NODE, "bea", "PKG.*", 1),
              new HeldJobs("node-b", "bea", "PKG.*", 2));
    }
  }

  /** Counts. */
  @Nested
  class Summaries {

    /** A second after a half hour has begun. */
    private static final Instant ASKED = Instant.parse("2025-12-10T14:30:01Z");

    private Job acceptedAt(Instant moment) {
      return SampleJobs.of("ana", "P", "APP.P", Map.of(), moment);
    }

    private long inBin(JobSummary summary, String from, JobStatus state) {
      return summary.bins().stream()
          .filter(bin -> bin.from().equals(Instant.parse(from)))
          .findFirst()
          .orElseThrow()
          .states()
          .getOrDefault(state, 0L);
    }

    @Test
    void ofNoJobsThereIsNothingToTellButTheHalfHours() {
      assertThat(registry.summary(ALL, ASKED)).isEqualTo(JobSummary.empty(ASKED));
      assertThat(JobSummary.empty(ASKED).bins()).hasSize(48);
    }

    @Test
    void theJobsOfEachStateAreCounted() {
      Map<JobStatus, Long> expected = new HashMap<>();
      for (Job job : inEveryState()) {
        added(job);
        expected.merge(job.status(), 1L, Long::sum);
      }
      JobSummary summary = registry.summary(ALL, ASKED);
      assertThat(summary.states()).isEqualTo(expected).hasSize(JobStatus.values().length);
      assertThat(summary.total()).isEqualTo(inEveryState().size());
      assertThat(summary.isExact()).isTrue();
      assertThat(summary.bins().get(47).states()).isEqualTo(expected);
    }

    @Test
    void onlyWhatMatchesIsCounted() {
      Job mine = added(queued("ana"));
      added(queued("bea"));
      added(SampleJobs.labelled(Map.of("lote", "7")));
      JobFilter labelled =
          new JobFilter(
              null,
              JobFilter.ANY_STATE,
              ProcedurePattern.parse("APP.*"),
              List.of(new Label("lote", "7")),
              new Period(NOW, NOW.plusSeconds(1)),
              null,
              "ana");
      assertThat(registry.summary(labelled, ASKED).total()).isEqualTo(1);
      assertThat(registry.summary(ALL.amongJobsOf(mine.owner()).orElseThrow(), ASKED).total())
          .isEqualTo(2);
      assertThat(registry.summary(ALL.in(Set.of(JobStatus.FAILED)), ASKED))
          .isEqualTo(JobSummary.empty(ASKED));
    }

    @Test
    void theHalfHoursOfADayAreToldApart() {
      for (String moment :
          List.of(
              "2025-12-09T14:59:59.999Z", // before the first
              "2025-12-09T15:00:00Z",
              "2025-12-09T23:59:59.999Z",
              "2025-12-10T00:00:00Z",
              "2025-12-10T14:29:59.999Z",
              "2025-12-10T14:30:00Z",
              "2025-12-10T14:59:59.999Z",
              "2025-12-10T15:00:00Z")) { // by a clock that is ahead
        added(acceptedAt(Instant.parse(moment)));
      }
      JobSummary summary = registry.summary(ALL, ASKED);
      assertThat(summary.total()).isEqualTo(8);
      assertThat(summary.bins().get(0).from()).isEqualTo("2025-12-09T15:00:00Z");
      assertThat(summary.bins().get(47).from()).isEqualTo("2025-12-10T14:30:00Z");
      assertThat(inBin(summary, "2025-12-09T15:00:00Z", JobStatus.QUEUED)).isEqualTo(1);
      assertThat(inBin(summary, "2025-12-09T23:30:00Z", JobStatus.QUEUED)).isEqualTo(1);
      assertThat(inBin(summary, "2025-12-10T00:00:00Z", JobStatus.QUEUED)).isEqualTo(1);
      assertThat(inBin(summary, "2025-12-10T14:00:00Z", JobStatus.QUEUED)).isEqualTo(1);
      assertThat(inBin(summary, "2025-12-10T14:30:00Z", JobStatus.QUEUED)).isEqualTo(2);
      assertThat(summary.bins().stream().mapToLong(bin -> bin.states().size()).sum()).isEqualTo(5);
    }

    @Test
    void waitsOfEveryLengthFallIntoTheSameBuckets() {
      WaitTimes expected = WaitTimes.NONE;
      List<Duration> waits = new ArrayList<>(List.of(Duration.ZERO, Duration.ofMillis(-20)));
      for (Duration bound : WaitTimes.BOUNDS) {
        waits.addAll(List.of(bound, bound.minusMillis(1)));
      }
      for (Duration wait : waits) {
        expected = expected.with(wait);
        added(queued().claimedBy(NODE, NOW.plus(wait)));
      }
      added(queued());
      added(acceptedAt(ASKED.minus(Duration.ofDays(2))).claimedBy(NODE, ASKED));
      assertThat(registry.summary(ALL, ASKED).waits()).isEqualTo(expected);
    }
  }

  /** How many ended, minute by minute. */
  @Nested
  class Minutes {

    private static final Instant MINUTE = Instant.parse("2025-12-10T23:59:00Z");

    private void ended(Instant end, long waitedSeconds) {
      Job job = SampleJobs.of("ana", "P", null, Map.of(), end.minusSeconds(waitedSeconds));
      added(job.claimedBy(NODE, end).succeeded(RESULT, end));
    }

    @Test
    void whereNothingEndedThereAreNoMinutes() {
      added(queued());
      added(running());
      assertThat(registry.endedSince(NOW.minus(HOUR))).isEmpty();
    }

    @Test
    void minutesHaveTheirFirstMomentAndNotTheOneAfterThemAlsoOverMidnight() {
      ended(MINUTE.minusMillis(1), 1);
      ended(MINUTE, 2);
      ended(MINUTE.plusMillis(59_999), 4);
      ended(MINUTE.plusSeconds(60), 8);
      added(startingBefore(LATER).expired(MINUTE.plusSeconds(60)));
      assertThat(registry.endedSince(MINUTE))
          .containsExactly(
              new EndedMinute(
                  MINUTE,
                  Map.of(JobStatus.SUCCEEDED, 2L),
                  WaitTimes.NONE.with(Duration.ofSeconds(2)).with(Duration.ofSeconds(4))),
              new EndedMinute(
                  MINUTE.plusSeconds(60),
                  Map.of(JobStatus.SUCCEEDED, 1L, JobStatus.EXPIRED, 1L),
                  WaitTimes.NONE.with(Duration.ofSeconds(8))));
    }
  }

  /** What is asked for those who wait. */
  @Nested
  class Glances {

    @Test
    void eachJobIsSeenAsItIs() {
      List<Job> jobs = inEveryState().stream().map(JobRegistryContract.this::added).toList();
      List<JobId> ids = new ArrayList<>(jobs.stream().map(Job::id).toList());
      ids.add(JobId.random());
      assertThat(registry.glances(ids))
          .containsExactlyInAnyOrderElementsOf(jobs.stream().map(JobGlance::of).toList());
      assertThat(registry.listed(ids)).containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void moreThanGoIntoOneStatementAreSeenAsWell() {
      List<JobId> ids = new ArrayList<>();
      for (int at = 0; at < 250; at++) {
        ids.add(added(queued()).id());
      }
      assertThat(registry.glances(ids)).hasSize(250);
      assertThat(registry.listed(ids)).hasSize(250);
      assertThat(registry.glances(List.of())).isEmpty();
      assertThat(registry.listed(List.of())).isEmpty();
    }

    @Test
    void anEventIsSeenInAGlance() {
      Job job = added(running());
      JobGlance before = JobGlance.of(job);
      registry.replace(job, job.at(HALF));
      JobGlance half = registry.glances(List.of(job.id())).get(0);
      assertThat(half).isNotEqualTo(before);
      assertThat(half.isMoveFrom(before)).isFalse();
      registry.replace(job, job.succeeded(RESULT, LATER));
      assertThat(registry.glances(List.of(job.id())).get(0).isMoveFrom(half)).isTrue();
    }

    @Test
    void thoseThatRunAndThoseThatEndedNotLongAgoAreRecent() {
      Job runs = added(running());
      Job ended = added(queued().claimedBy(NODE, NOW).succeeded(RESULT, LATER));
      Job endedLongAgo = added(queued().claimedBy(NODE, NOW).succeeded(RESULT, NOW));
      Job waits = added(queued());
      RecentJobs recent = registry.recent(null, LATER, null);
      assertThat(recent.jobs()).containsExactlyInAnyOrder(JobGlance.of(runs), JobGlance.of(ended));
      assertThat(registry.recent(null, NOW, null).jobs()).hasSize(3);
      assertThat(recent.jobs()).extracting(JobGlance::id).doesNotContain(waits.id());
      assertThat(recent.jobs()).extracting(JobGlance::id).doesNotContain(endedLongAgo.id());
    }

    @Test
    void thoseThatWereAcceptedSinceAreRecent() {
      added(queued());
      long last = registry.recent(null, LATER, null).last();
      assertThat(registry.recent(null, LATER, last).jobs()).isEmpty();
      Job queued = added(queued());
      Job running = added(running());
      RecentJobs recent = registry.recent(null, LATER, last);
      assertThat(recent.jobs())
          .containsExactlyInAnyOrder(JobGlance.of(queued), JobGlance.of(running));
      assertThat(registry.recent(null, LATER, recent.last()).jobs())
          .containsExactly(JobGlance.of(running));
    }

    @Test
    void onlyThoseOfSomeOwnersIfSoAsked() {
      Job ana = added(queued("ana").claimedBy(NODE, NOW));
      Job diego = added(queued("diego").claimedBy(NODE, NOW));
      Job bruno = added(queued("bruno").claimedBy(NODE, NOW));
      assertThat(registry.recent(Set.of("ana", "bruno"), NOW, 0L).jobs())
          .containsExactlyInAnyOrder(JobGlance.of(ana), JobGlance.of(bruno));
      assertThat(registry.recent(Set.of("nadie"), NOW, 0L).jobs()).isEmpty();
      assertThat(registry.recent(null, NOW, 0L).jobs()).contains(JobGlance.of(diego));
    }

    @Test
    void anEmptyRegistryHasNothingRecent() {
      RecentJobs none = registry.recent(null, NOW, null);
      assertThat(none.jobs()).isEmpty();
      assertThat(none.last()).isZero();
    }
  }
}

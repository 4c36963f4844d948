package org.diferido.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;

/** Jobs to test with. */
public final class SampleJobs {

  public static final Instant NOW = Instant.parse("2025-12-10T14:30:00.123Z");
  public static final Instant LATER = NOW.plusSeconds(300);
  public static final String NODE = "node-a";

  public static final ProcedureCall CALL =
      call(
          argument("vFECHA", "2025-12-10"),
          new Argument("vRESULTADO", null, false, "OUT", "number", false));

  public static final ProcedureResult RESULT = result("vRESULTADO", new BigDecimal("12500"));
  public static final Failure FAILURE =
      Failure.ofDatabase(FailureCode.PROCEDURE_RAISED, "ORA-20001", "Error intencional");
  public static final Progress HALF =
      Progress.reported(BigDecimal.valueOf(5), BigDecimal.TEN, "lotes", "Cargando");

  public static final Stop STOP = Stop.asked(Stop.Reason.REQUESTED, "bruno", NOW.plusSeconds(2));

  private SampleJobs() {}

  public static Job queued() {
    return queued("ana", CALL);
  }

  public static Job queued(String owner) {
    return queued(owner, CALL);
  }

  public static Job queued(ProcedureCall call) {
    return queued("ana", call);
  }

  private static Job queued(String owner, ProcedureCall call) {
    return Job.queued(JobId.random(), owner, call, JobTerms.USUAL, NOW);
  }

  /** A queued job that may start only before a time. */
  public static Job startingBefore(Instant startBefore) {
    return Job.queued(JobId.random(), "ana", CALL, JobTerms.of(Map.of(), startBefore), NOW);
  }

  /** A queued job of a procedure that may be run several times. */
  public static Job ofIdempotent(int attempts) {
    return ofIdempotent(attempts, CALL);
  }

  public static Job ofIdempotent(int attempts, ProcedureCall call) {
    return with("ana", call, JobTerms.USUAL_PRIORITY, null, attempts, null);
  }

  /** A queued job on terms of its own. */
  public static Job with(
      String owner, ProcedureCall call, int priority, String group, int attempts, SubmitKey key) {
    JobTerms terms =
        new JobTerms(
            "APP.PKG_ETL.PROCESO_LARGO",
            Map.of(),
            null,
            Duration.ofSeconds(90),
            Duration.ofSeconds(100),
            priority,
            group,
            attempts,
            key,
            null);
    return Job.queued(JobId.random(), owner, call, terms, NOW);
  }

  /**
   * A queued job of any procedure.
   *
   * @param spelled its name as the caller wrote it
   * @param full its name in the dictionary, or null
   */
  public static Job of(
      String owner, String spelled, String full, Map<String, String> labels, Instant createdAt) {
    JobTerms terms = new JobTerms(full, labels, null, null, null, 5, null, 1, null, null);
    ProcedureCall call =
        new ProcedureCall(ProcedureName.parse(spelled, null), null, false, List.of());
    return Job.queued(JobId.random(), owner, call, terms, createdAt);
  }

  /** A queued job with labels, and nothing else of its own. */
  public static Job labelled(Map<String, String> labels) {
    return of("ana", "P", "APP.P", labels, NOW);
  }

  /** A queued job that was made from another by a retry. */
  public static Job retryOf(Job other) {
    JobTerms terms = new JobTerms(null, Map.of(), null, null, null, 5, null, 1, null, other.id());
    return Job.queued(JobId.random(), other.owner(), other.call(), terms, LATER);
  }

  public static Job running() {
    return queued().claimedBy(NODE, NOW);
  }

  public static Job succeeded(ProcedureResult result) {
    return running().succeeded(result, LATER);
  }

  /** One job in each of the states, of different owners. */
  public static List<Job> inEveryState(String owner) {
    Job waiting = queued(owner);
    Job running = queued(owner).claimedBy(NODE, NOW.plusMillis(5));
    return List.of(
        waiting,
        running,
        withNewId(running.at(HALF)),
        withNewId(running.at(HALF).cancelling(STOP)),
        withNewId(running.cancelling(STOP.withRemoval())),
        withNewId(running.succeeded(RESULT, LATER)),
        withNewId(running.at(HALF).failed(FAILURE, LATER.plusMillis(1))),
        withNewId(waiting.failed(Failure.of(FailureCode.SIGNATURE_CHANGED), LATER)),
        withNewId(waiting.cancelledUnstarted(STOP)),
        withNewId(
            running
                .at(HALF)
                .cancelling(STOP)
                .stopped(Stop.Step.STATEMENT, Failure.of(FailureCode.CANCELLED), LATER)),
        withNewId(
            running
                .cancelling(Stop.asked(Stop.Reason.TIMEOUT, NODE, NOW.plusSeconds(1)))
                .stopped(Stop.Step.SESSION, Failure.of(FailureCode.TIMED_OUT, 60), LATER)),
        withNewId(running.requeued(Failure.of(FailureCode.ROLLED_BACK), NOW, LATER)),
        withNewId(startingBefore(LATER).expired(LATER.plusSeconds(1))),
        withNewId(running.at(HALF).lost(Failure.of(FailureCode.OUTCOME_UNKNOWN), LATER)));
  }

  /** What a node takes when nothing is limited. */
  public static List<Job> claim(JobRegistry registry, String node, int atMost, Instant now) {
    return registry.claim(node, atMost, now, ClaimPolicy.ANY).jobs();
  }

  public static Job withNewId(Job job) {
    return new Job(
        JobId.random(),
        job.owner(),
        job.call(),
        job.terms(),
        job.createdAt(),
        job.state(),
        job.history(),
        job.stop(),
        job.log());
  }

  /** The same job as another claim holds it. */
  public static Job heldBy(Job job, String node, int attempt) {
    return new Job(
        job.id(),
        job.owner(),
        job.call(),
        job.terms(),
        job.createdAt(),
        new JobState.Running(new JobState.Claim(node, attempt, NOW), Progress.NONE),
        job.history(),
        job.stop(),
        job.log());
  }

  public static ProcedureCall call(Argument... arguments) {
    return new ProcedureCall(
        ProcedureName.parse("PKG_ETL.PROCESO_LARGO", null), null, false, Arrays.asList(arguments));
  }

  public static Argument argument(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  /** A call whose second argument is secret. */
  public static ProcedureCall callWithSecret(Object value) {
    return call(argument("p_usuario", "ana"), argument("p_clave", value)).withSecrets(Set.of(1));
  }

  /** A call with an object whose member {@code clave} is secret. */
  public static ProcedureCall callWithSecretWithin(Object value) {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("usuario", "ana");
    account.put("clave", value);
    return call(argument("p_cuentas", List.of(account)))
        .withSecretAttributes(Map.of(0, Set.of("CLAVE")));
  }

  public static ProcedureResult result(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      values.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return new ProcedureResult(values, Duration.ofMillis(17));
  }
}

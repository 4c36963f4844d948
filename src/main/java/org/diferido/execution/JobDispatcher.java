package org.diferido.execution;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.Signature;
import org.diferido.security.Caller;

/**
 * Accepts calls: what can run becomes a job, everything else is refused before anything was begun.
 *
 * <p>Works outside JTA, as all of this service: no transaction timeout may touch a call, and the
 * registry commits by itself.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobDispatcher {

  private final ProcedureGateway gateway;
  private final JobAdmission admission;
  private final ServiceSettings settings;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected JobDispatcher() {
    this(null, null, null, null);
  }

  @Inject
  public JobDispatcher(
      ProcedureGateway gateway, JobAdmission admission, ServiceSettings settings, Clock clock) {
    this.gateway = gateway;
    this.admission = admission;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Accepts a call to run in the background.
   *
   * @return the job, durable in the registry, queued or already on its way to a worker
   * @throws org.diferido.failure.FailureException PROCEDURE_NOT_FOUND, PROCEDURE_NOT_GRANTED,
   *     INVALID_ARGUMENTS, QUEUE_FULL, SHUTTING_DOWN, NOT_CONFIGURED, DATABASE_UNAVAILABLE,
   *     REGISTRY_UNAVAILABLE; then nothing was accepted
   */
  public Job submit(Submission submission, Caller caller) {
    Instant now = clock.instant();
    refuseTheLate(submission, now);
    BoundCall checked = check(submission.call(), caller);
    ProcedureCall call =
        submission
            .call()
            .withSecrets(checked.secretPlaces(settings.secrets()))
            .withSecretAttributes(checked.secretAttributes(settings.secrets()));
    Job job =
        Job.queued(
            JobId.random(),
            caller.name(),
            call,
            submission.labels(),
            submission.startBefore(),
            now);
    return admission.admit(job, checked);
  }

  /**
   * Checks a call as {@link #submit} does, and runs nothing.
   *
   * @return the signature it fits
   * @throws org.diferido.failure.FailureException as {@link #submit}, for the call's own faults
   */
  public Signature validate(Submission submission, Caller caller) {
    refuseTheLate(submission, clock.instant());
    return check(submission.call(), caller).signature();
  }

  private static void refuseTheLate(Submission submission, Instant now) {
    Instant startBefore = submission.startBefore();
    if (startBefore != null && !now.isBefore(startBefore)) {
      throw Failure.ofFields(
              FailureCode.INVALID_ARGUMENTS, List.of(FieldError.of("/start_before", "member.past")))
          .toException();
    }
  }

  private BoundCall check(ProcedureCall call, Caller caller) {
    List<Signature> overloads = gateway.resolve(call.name());
    if (overloads.isEmpty()) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_FOUND, call.name()).toException();
    }
    if (!settings.access().grants(caller.groups(), overloads.get(0).name())) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_GRANTED, call.name()).toException();
    }
    return ArgumentMatching.match(call, overloads);
  }
}

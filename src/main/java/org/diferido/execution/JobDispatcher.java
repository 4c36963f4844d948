package org.diferido.execution;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobTerms;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.Signature;
import org.diferido.security.Caller;
import org.jspecify.annotations.Nullable;

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
  private final JobRegistry registry;
  private final JobAdmission admission;
  private final ServiceSettings settings;
  private final AccessRules access;
  private final SubmitRates rates;
  private final Clock clock;

  /** For the container's proxy. */
  @SuppressWarnings("NullAway") // never used by the proxy
  protected JobDispatcher() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public JobDispatcher(
      ProcedureGateway gateway,
      JobRegistry registry,
      JobAdmission admission,
      ServiceSettings settings,
      AccessRules access,
      SubmitRates rates,
      Clock clock) {
    this.gateway = gateway;
    this.registry = registry;
    this.admission = admission;
    this.settings = settings;
    this.access = access;
    this.rates = rates;
    this.clock = clock;
  }

  /**
   * Accepts a call to run in the background. One whose key was used before is not accepted again:
   * its job is the one that it had then, whatever has become of the procedure since.
   *
   * @return the job, durable in the registry, queued or already on its way to a worker
   * @throws org.diferido.failure.FailureException PROCEDURE_NOT_FOUND, PROCEDURE_NOT_GRANTED,
   *     INVALID_ARGUMENTS, KEY_REUSED, TOO_MANY_SUBMITS, TOO_MANY_QUEUED, QUEUE_FULL,
   *     SHUTTING_DOWN, NOT_CONFIGURED, DATABASE_UNAVAILABLE, REGISTRY_UNAVAILABLE; then nothing was
   *     accepted
   */
  public Accepted submit(Submission submission, Caller caller) {
    return submit(submission, caller, caller.name());
  }

  private Accepted submit(Submission submission, Caller caller, String owner) {
    while (true) {
      Optional<Job> earlier = byKey(submission.key());
      if (earlier.isPresent()) {
        return new Accepted(earlier.get(), true);
      }
      Optional<Job> job = accept(submission, caller, owner);
      if (job.isPresent()) {
        return new Accepted(job.get(), false);
      }
      // Another submit with the same key was faster: its job is found now.
    }
  }

  private Optional<Job> byKey(@Nullable SubmitKey key) {
    if (key == null) {
      return Optional.empty();
    }
    Optional<Job> found = registry.findByKey(key.id());
    if (found.filter(job -> !key.equals(job.terms().key())).isPresent()) {
      throw Failure.of(FailureCode.KEY_REUSED).toException();
    }
    return found;
  }

  private Optional<Job> accept(Submission submission, Caller caller, String owner) {
    rates.count(caller.name());
    Instant now = clock.instant();
    refuseTheLate(submission, now);
    BoundCall checked = check(submission.call(), caller);
    ProcedureCall call =
        submission
            .call()
            .withSecrets(checked.secretPlaces(settings.secrets()))
            .withSecretAttributes(checked.secretAttributes(settings.secrets()));
    JobTerms terms = settings.rules().terms(submission, checked.signature().name());
    return admission.admit(Job.queued(JobId.random(), owner, call, terms, now), checked);
  }

  /**
   * Makes a job again that has ended: a new one, of the same owner, on the terms that hold today.
   * Who asks must be granted the procedure. A {@code start_before} that has gone by counts no more.
   *
   * @param id as the caller wrote it
   * @param key by which this request is known again, or null
   * @throws org.diferido.failure.FailureException JOB_NOT_FOUND, JOB_NOT_ENDED, SECRETS_FORGOTTEN,
   *     and as {@link #submit}
   */
  public Accepted retry(String id, @Nullable SubmitKey key, Caller caller) {
    // First: what it was made from may be gone by now.
    Optional<Job> earlier = byKey(key);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    Job job =
        JobId.parse(id)
            .flatMap(registry::find)
            .filter(found -> caller.managesAllJobs() || found.owner().equals(caller.name()))
            .orElseThrow(() -> Failure.of(FailureCode.JOB_NOT_FOUND).toException());
    if (!job.status().isEnd()) {
      throw Failure.of(FailureCode.JOB_NOT_ENDED).toException();
    }
    if (job.call().hasSecrets()) {
      throw Failure.of(FailureCode.SECRETS_FORGOTTEN).toException();
    }
    JobTerms terms = job.terms();
    Instant startBefore = terms.startBefore();
    boolean isPast = startBefore != null && !clock.instant().isBefore(startBefore);
    Submission again =
        new Submission(
            job.call(),
            terms.labels(),
            isPast ? null : startBefore,
            terms.askedTimeout(),
            key,
            job.id());
    return submit(again, caller, job.owner());
  }

  /**
   * Checks a call as {@link #submit} does, and runs nothing.
   *
   * @return the signature it fits
   * @throws org.diferido.failure.FailureException as {@link #submit}, for the call's own faults
   */
  public Signature validate(Submission submission, Caller caller) {
    refuseTheLate(submission, clock.instant());
    Signature signature = check(submission.call(), caller).signature();
    settings.rules().terms(submission, signature.name());
    return signature;
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
    if (!access.grants(caller.groups(), overloads.get(0).name())) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_GRANTED, call.name()).toException();
    }
    return ArgumentMatching.match(call, overloads);
  }
}

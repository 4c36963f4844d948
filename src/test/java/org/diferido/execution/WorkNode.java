package org.diferido.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.SignatureCache;
import org.diferido.database.postgresql.PostgresDialect;
import org.diferido.database.postgresql.PostgresRegistryDialect;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobTerms;
import org.diferido.job.Node;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SteadyClock;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.SecretNames;
import org.diferido.result.InMemoryResultStore;

/** A node whose registry and procedures are in one PostgreSQL. Its jobs leave a row each. */
final class WorkNode {

  final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  final Node node = Node.starting("work");
  final JobRegistry registry;
  final ProcedureGateway gateway;

  /** Looks the procedure up, over connections that nobody kills. */
  private final ProcedureGateway dictionary;

  final RunningCalls calls = new RunningCalls(SteadyClock.ofTheJvm());
  private final JobExecution execution;

  WorkNode(DataSource registrySource, DataSource procedures) {
    registry = registryIn(registrySource);
    gateway = gatewayTo(procedures);
    dictionary = gatewayTo(registrySource);
    execution =
        new JobExecution(
            registry,
            new LargeResults(new InMemoryResultStore(), registry, ServiceSettings.RESULT_BYTES),
            gateway,
            calls,
            SecretNames.parse("*clave*"),
            new RetryPolicy(Duration.ofSeconds(10)),
            JobEvents.NONE,
            clock,
            () -> false);
  }

  private ProcedureGateway gatewayTo(DataSource source) {
    return new JdbcProcedureGateway(
        () -> source,
        List.of(new PostgresDialect()),
        new SignatureCache(clock, Duration.ofMinutes(10)));
  }

  static JobRegistry registryIn(DataSource source) {
    return new JdbcJobRegistry(
        new RegistryDatabase(() -> source, List.of(new PostgresRegistryDialect())),
        SecretVault.withPassingKey());
  }

  Job newJob() {
    JobId id = JobId.random();
    ProcedureCall call =
        new ProcedureCall(
            ProcedureName.parse("work", null),
            null,
            false,
            List.of(new Argument("p_id", id.hex(), true, null, null, false)));
    return Job.queued(id, "ana", call, JobTerms.USUAL, clock.instant());
  }

  BoundCall checked(Job job) {
    return ArgumentMatching.match(job.call(), dictionary.resolve(job.call().name()));
  }

  /** Accepts a job of its own and runs it to its end. */
  Job run() {
    return acceptAndRun(newJob());
  }

  Job acceptAndRun(Job queued) {
    Job job = queued.claimedBy(node.name(), clock.instant());
    registry.add(job);
    execution.run(job, checked(job));
    return job;
  }

  static ServiceSettings settings(int workers) {
    return new ServiceSettings(
        workers, 10, Duration.ofSeconds(2), Duration.ofSeconds(5), SecretNames.parse("*clave*"));
  }
}

package org.diferido.database.postgresql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.ListBounds;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobFilter.Label;
import org.diferido.job.JobFilter.Period;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.NodeFigures;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.job.SampleJobs;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedurePattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How PostgreSQL runs each statement of the registry when most jobs have ended: by an index, so
 * that none takes longer the more of them there are. {@code -Dplans.rows=1000000} for so many; then
 * the plans are printed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresPlansTest {

  private static final boolean PRINTED = Integer.getInteger("plans.rows") != null;
  private static final int ENDED = Integer.getInteger("plans.rows", 20_000);
  private static final int WAITING = 300;
  private static final int RUNNING = 60;

  /** Not called through a registry that keeps its jobs in a database, or written in the others. */
  private static final Set<String> WITHOUT_OWN_STATEMENTS = Set.of("joins", "replaceWithin");

  /** What is no setting. */
  private static final Pattern PLANNED =
      Pattern.compile("(SELECT|INSERT|UPDATE|DELETE|WITH)\\b", Pattern.CASE_INSENSITIVE);

  /** Smaller than the number of the jobs, so that what is looked through has an end. */
  private static final ListBounds BOUNDS = new ListBounds(ENDED / 8, ENDED / 20);

  /** The total of a list, of which there are enough: it stops when it has so many. */
  private static final Pattern TOTAL =
      Pattern.compile(
          "SELECT COUNT\\(\\*\\) FROM \\(SELECT QUEUE_NO FROM ASYNC_JOBS WHERE (1 = 1|STATE IN .*'succeeded'.*)"
              + " FETCH FIRST \\d+ ROWS ONLY\\) COUNTED");

  private static final Pattern BY_ID =
      Pattern.compile("^(UPDATE|DELETE).* JOB_ID (= \\?|IN \\(\\?)");
  private static final Pattern LIVE = Pattern.compile("async_jobs_(live|queue|turn)");

  private static PGSimpleDataSource database;

  /** By what the registry was asked. */
  private static final Map<String, Set<String>> STATEMENTS = new LinkedHashMap<>();

  private static String asked = "opening";

  @BeforeAll
  static void askForEverything() {
    // A plan for any value can be had only where nothing is prepared.
    database = Postgres17.newDatabase("preferQueryMode=simple");
    JobRegistry real =
        new JdbcJobRegistry(
            new RegistryDatabase(() -> recording(database), List.of(new PostgresRegistryDialect())),
            SecretVault.withPassingKey(),
            BOUNDS);
    real.queued();
    fill();
    JobRegistry registry =
        proxy(
            JobRegistry.class,
            real,
            (method, arguments) -> {
              asked = method;
            });
    ask(registry);
  }

  private static void fill() {
    Postgres17.execute(
        database,
        """
        INSERT INTO ASYNC_JOBS (JOB_ID, OWNER, PROCEDURE_NAME, PARAMS, CREATED_AT, START_TIME, STATE, STATUS, NODE,
          ATTEMPT, STARTED_AT, END_TIME, DURATION, PROGRESS, RESULT)
        SELECT md5(n::text), 'persona.' || n %% 500, 'p', '{"name":"P","isFunction":false,"params":[]}', t, t,
          'succeeded', 'completed', 'earlier', 1, t, t, '5ms', 100, '{}'
        FROM (SELECT n, TIMESTAMP '2025-12-10 14:00:00' - n * INTERVAL '10 ms' AS t FROM generate_series(1, %d) AS n)
          AS made
        """
            .formatted(ENDED),
        """
        INSERT INTO ASYNC_JOBS (JOB_ID, OWNER, PROCEDURE_NAME, PARAMS, CREATED_AT, START_TIME, STATE, STATUS, NODE,
          ATTEMPT, STARTED_AT, PROGRESS, QUEUE_ROUND)
        SELECT md5('live' || n), 'persona.' || n %% 50, 'p', '{"name":"P","isFunction":false,"params":[]}', t, t,
          CASE WHEN n <= %1$d THEN 'running' ELSE 'queued' END, CASE WHEN n <= %1$d THEN 'running' ELSE 'pending' END,
          CASE WHEN n <= %1$d THEN 'node-' || n %% 3 END, 1, t, 0, n / 50
        FROM (SELECT n, TIMESTAMP '2025-12-10 14:10:00' AS t FROM generate_series(1, %2$d) AS n) AS made
        """
            .formatted(RUNNING, RUNNING + WAITING),
        "VACUUM ANALYZE ASYNC_JOBS");
  }

  private static void ask(JobRegistry registry) {
    Instant now = SampleJobs.NOW;
    SubmitKey key = SubmitKey.of("ana", "k", "r");
    registry.beat("node-0");
    registry.beat("node-0", new NodeFigures(10, false, 3, "1.0.0", Refused.NOTHING));
    registry.nodes(Duration.ofSeconds(30));
    registry.held();
    registry.endedSince(Instant.parse("2025-12-10T13:59:00Z"));
    Job job = SampleJobs.with("ana", SampleJobs.CALL, 5, "g", 1, key);
    registry.add(job);
    registry.add(SampleJobs.running());
    registry.queued();
    registry.queuedByOwner();
    registry.waiting();
    registry.find(job.id());
    registry.findByKey(key.id());
    registry.update(job.id(), each -> each.claimedBy("node-9", now));
    Job held = registry.find(job.id()).orElseThrow();
    registry.replaceUnlessBusy(held, held.cancelling(SampleJobs.STOP));
    held = registry.find(job.id()).orElseThrow();
    registry.replace(held, held.succeeded(SampleJobs.RESULT, SampleJobs.LATER));
    registry.claim("node-0", 10, now, ClaimPolicy.ANY);
    registry.claim("node-0", 10, now, counting());
    registry.news("node-0");
    registry.heldBy("node-0");
    registry.expire(now, each -> {});
    registry.glances(List.of(job.id()));
    registry.listed(List.of(job.id()));
    registry.recent(Set.of("persona.1"), SampleJobs.LATER, 5L);
    registry.recent(null, SampleJobs.LATER, null);
    for (String owner : new String[] {"persona.1", null}) {
      registry.list(new JobFilter(owner, Set.of(), null), 20, null);
      registry.list(new JobFilter(owner, Set.of(), null), 20, 100L);
      for (JobStatus.Reported status : JobStatus.Reported.values()) {
        registry.list(new JobFilter(owner, Set.of(status), null), 20, null);
      }
      for (JobStatus state : JobStatus.values()) {
        registry.list(new JobFilter(owner, Set.of(), null).in(Set.of(state)), 20, null);
      }
      registry.summary(new JobFilter(owner, Set.of(), null), now);
      for (JobFilter search : searches(owner)) {
        registry.summary(search, now);
        registry.list(search, 20, null);
        registry.list(search, 20, (long) ENDED);
        registry.list(search.in(Set.of(JobStatus.FAILED, JobStatus.LOST)), 20, null);
        registry.removeEnded(search);
      }
    }
    registry.retriesOf(List.of(job.id(), held.id()));
    registry.glances(List.of(job.id(), held.id()));
    registry.listed(List.of(job.id(), held.id()));
    for (Long after : new Long[] {null, (long) ENDED}) {
      registry.recent(null, now, after);
      registry.recent(Set.of("persona.1", "persona.2"), now, after);
    }
    registry.glances(List.of(job.id()));
    registry.listed(List.of(job.id()));
    registry.recent(null, now, null);
    registry.recent(null, now, 100L);
    registry.recent(Set.of("persona.1"), now, 100L);
    registry.remove(registry.find(job.id()).orElseThrow());
    registry.removeEnded(new JobFilter(null, Set.of(), Instant.parse("2020-01-01T00:00:00Z")));
    registry.removeEnded(new JobFilter("persona.1", Set.of(JobStatus.Reported.FAILED), null));
    registry.removeMarked();
    registry.orphans(Duration.ofSeconds(20));
    registry.orphans(null);
    registry.forgetNodes(Duration.ofDays(1));
    registry.leave("node-0");
  }

  /** One for each condition that no index finds, of an owner or of everybody. */
  private static List<JobFilter> searches(String owner) {
    Instant from = Instant.parse("2025-12-10T13:58:00Z");
    return List.of(
        search(owner, "APP.NADA*", List.of(), Period.ANY, null),
        search(owner, null, List.of(new Label("lote", "7")), Period.ANY, null),
        search(owner, null, List.of(), Period.ANY, "no hay nada"),
        search(owner, null, List.of(), new Period(from, from.plusSeconds(1)), null),
        search(owner, null, List.of(), new Period(from, from.plusSeconds(1)), "no hay nada"));
  }

  private static JobFilter search(
      String owner, String pattern, List<Label> labels, Period created, String text) {
    ProcedurePattern procedure = pattern == null ? null : ProcedurePattern.parse(pattern);
    return new JobFilter(owner, JobFilter.ANY_STATE, procedure, labels, created, null, text);
  }

  /** That a caller and a group are full, too, so that they are left out. */
  private static ClaimPolicy counting() {
    return new ClaimPolicy() {
      @Override
      public boolean countsRunning() {
        return true;
      }

      @Override
      public Round begin(List<Running> running) {
        return (owner, group) -> Verdict.OWNER_FULL;
      }
    };
  }

  private interface Told {
    void of(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Object real, Told told) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              told.of(method.getName(), arguments);
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static DataSource recording(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(source, arguments);
              return result instanceof Connection connection
                  ? proxy(Connection.class, connection, PostgresPlansTest::record)
                  : result;
            });
  }

  private static void record(String method, Object[] arguments) {
    if (method.equals("prepareStatement")) {
      Set<String> texts = STATEMENTS.computeIfAbsent(asked, name -> new LinkedHashSet<>());
      String text = String.valueOf(arguments[0]).strip();
      if (PLANNED.matcher(text).lookingAt()) {
        texts.add(text);
      }
    }
  }

  private static List<String> plan(String statement) {
    int[] at = {0};
    String numbered =
        statement
            .chars()
            .mapToObj(c -> c == '?' ? "$" + ++at[0] : Character.toString(c))
            .collect(joining());
    return Postgres17.column(database, "EXPLAIN (GENERIC_PLAN) " + numbered);
  }

  private static Stream<String> statements() {
    return STATEMENTS.entrySet().stream()
        .filter(each -> !each.getKey().equals("opening"))
        .flatMap(each -> each.getValue().stream())
        .distinct();
  }

  @Test
  void everythingThatARegistryCanBeAskedIsLookedAt() {
    Set<String> methods =
        Arrays.stream(JobRegistry.class.getMethods())
            .map(java.lang.reflect.Method::getName)
            .filter(name -> !WITHOUT_OWN_STATEMENTS.contains(name))
            .collect(toSet());
    assertThat(STATEMENTS.keySet()).containsAll(methods);
  }

  @Test
  void noStatementReadsAllJobs() {
    if (PRINTED) {
      statements()
          .forEach(text -> System.out.println(text + "\n  " + String.join("\n  ", plan(text))));
    }
    assertThat(statements().filter(text -> !TOTAL.matcher(text).matches()))
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThat(plan(text))
                    .as(text)
                    .noneMatch(line -> line.contains("Seq Scan on async_jobs")));
  }

  @Test
  void whatIsCountedIsCountedToItsBoundAndNoFurther() {
    assertThat(statements().filter(text -> TOTAL.matcher(text).matches()))
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThat(plan(text))
                    .as(text)
                    .anyMatch(line -> line.contains("Limit"))
                    .noneMatch(line -> line.contains("Sort")));
  }

  /**
   * Even when nothing waits and nothing runs, so that the indexes of that look like nothing: under
   * a call of hours the entries of all jobs since stay in them.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void whatIsChangedByItsIdIsFoundByThePrimaryKey() {
    Postgres17.execute(
        database,
        "DELETE FROM ASYNC_JOBS WHERE STATE IN ('queued', 'running', 'cancelling')",
        "VACUUM ANALYZE ASYNC_JOBS");
    assertThat(statements().filter(text -> BY_ID.matcher(text).find()))
        .hasSizeGreaterThan(2)
        .allSatisfy(
            text ->
                assertThat(plan(text))
                    .as(text)
                    .anyMatch(line -> line.contains("async_jobs_pk"))
                    .noneMatch(line -> LIVE.matcher(line).find()));
  }
}

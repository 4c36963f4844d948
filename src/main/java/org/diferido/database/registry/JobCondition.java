package org.diferido.database.registry;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.jdbi.v3.core.argument.Argument;

/**
 * A condition on rows of ASYNC_JOBS.
 *
 * @param sql what comes after WHERE; never holds a value that somebody gave
 * @param values of its named parameters
 */
record JobCondition(String sql, Map<String, Argument> values) {

  /** All rows. */
  static final JobCondition ALL = new JobCondition("1 = 1", Map.of());

  /** The rows of the jobs that a node holds; written out, since their index is only of these. */
  static final String HELD = "STATE IN ('running', 'cancelling')";

  /** The rows of {@code <ids>} that nobody has claimed. */
  static final JobCondition WAITING =
      new JobCondition("JOB_ID IN (<ids>) AND LOWER(STATE) = 'queued' AND NODE IS NULL", Map.of());

  /**
   * The same of a row that is found by its id. Written so that no index of the live or the waiting
   * jobs can be used for it: those look smaller than the primary key, and are until a long
   * transaction keeps the database from clearing them, while each job leaves entries in them.
   */
  private static final String HELD_BY_ID = "LOWER(STATE) IN ('running', 'cancelling')";

  /**
   * The rows that a filter means; of one that {@link JobFilter#isSearch} too many, now and then.
   */
  static JobCondition of(JobFilter filter) {
    return indexed(filter).and(SearchCondition.of(filter));
  }

  /** What a filter says that rows are found by without looking through them. */
  static JobCondition indexed(JobFilter filter) {
    StringJoiner sql = new StringJoiner(" AND ").setEmptyValue(ALL.sql);
    Map<String, Argument> values = new LinkedHashMap<>();
    if (filter.owner() != null) {
      sql.add("OWNER = :owner");
      values.put("owner", JobColumns.text(filter.owner()));
    }
    if (!filter.states().equals(JobFilter.ANY_STATE)) {
      sql.add(filter.states().isEmpty() ? "1 = 0" : "STATE IN (" + states(filter.states()) + ")");
    }
    if (filter.created().from() != null) {
      sql.add("CREATED_AT >= :created_from");
      values.put("created_from", JobColumns.time(filter.created().from()));
    }
    if (filter.created().before() != null) {
      sql.add("CREATED_AT < :created_before");
      values.put("created_before", JobColumns.time(filter.created().before()));
    }
    if (filter.endedBefore() != null) {
      sql.add("END_TIME < :ended_before");
      values.put("ended_before", JobColumns.time(filter.endedBefore()));
    }
    return new JobCondition(sql.toString(), values);
  }

  /** Written out: what waits and what runs has indexes of its own. */
  private static String states(Set<JobStatus> states) {
    return Arrays.stream(JobStatus.values())
        .filter(states::contains)
        .map(each -> "'" + each.word() + "'")
        .collect(joining(", "));
  }

  /** The rows of these jobs that have ended. */
  static JobCondition ended(List<JobId> ids) {
    Map<String, Argument> values = new LinkedHashMap<>();
    for (JobId id : ids) {
      values.put("id" + values.size(), JobColumns.text(id.hex()));
    }
    String names = values.keySet().stream().map(name -> ":" + name).collect(joining(", "));
    return new JobCondition("JOB_ID IN (" + names + ") AND END_TIME IS NOT NULL", values);
  }

  /** The row of a job, if it still has the job's status and claim. */
  static JobCondition still(Job job) {
    Map<String, Argument> state = Map.of("state", JobColumns.text(job.status().word()));
    return still(job, "LOWER(STATE) = :state", state);
  }

  /** The row of a job that a node holds, if it still has the job's claim. */
  static JobCondition stillHeld(Job job) {
    return still(job, HELD_BY_ID, Map.of());
  }

  private static JobCondition still(Job job, String state, Map<String, Argument> ofState) {
    String sql = "JOB_ID = :id AND " + state + " AND ";
    Map<String, Argument> values = new LinkedHashMap<>(ofState);
    values.put("id", JobColumns.text(job.id().hex()));
    if (job.state().heldBy().isEmpty()) {
      return new JobCondition(sql + "NODE IS NULL", values);
    }
    JobState.Claim claim = job.state().heldBy().get();
    values.put("holder", JobColumns.text(claim.node()));
    values.put("held_attempt", JobColumns.number((long) claim.attempt()));
    // The attempt does not tell two claims apart of which the first was given back unbegun.
    values.put("held_since", JobColumns.time(claim.startedAt()));
    return new JobCondition(
        sql + "NODE = :holder AND ATTEMPT = :held_attempt AND STARTED_AT = :held_since", values);
  }

  /** This condition and another one. */
  JobCondition and(JobCondition other) {
    if (this.equals(ALL) || other.equals(ALL)) {
      return this.equals(ALL) ? other : this;
    }
    Map<String, Argument> all = new LinkedHashMap<>(values);
    all.putAll(other.values);
    return new JobCondition(sql + " AND " + other.sql, all);
  }

  /** This condition and another one. */
  JobCondition and(String more, String parameter, Argument value) {
    Map<String, Argument> all = new LinkedHashMap<>(values);
    all.put(parameter, value);
    return new JobCondition(sql + " AND " + more, all);
  }
}

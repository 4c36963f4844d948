package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.job.Job;
import org.diferido.job.JobGlance;
import org.diferido.job.JobId;
import org.diferido.job.RecentJobs;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked of many jobs again and again, for those who wait for them. */
final class JobGlances {

  /** Ids in one statement: each number of them is a text that the database has to know. */
  private static final int AT_ONCE = 100;

  private static final String COLUMNS = "JOB_ID, OWNER, STATE, ATTEMPT, PROGRESS, PROGRESS_DETAIL";

  private static final String LAST = "SELECT COALESCE(MAX(QUEUE_NO), 0) FROM ASYNC_JOBS";

  private final RegistryDatabase database;

  JobGlances(RegistryDatabase database) {
    this.database = database;
  }

  List<JobGlance> of(Collection<JobId> ids) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          List<JobGlance> found = new ArrayList<>();
          for (List<String> some : parted(ids)) {
            String sql = "SELECT " + COLUMNS + " FROM ASYNC_JOBS WHERE JOB_ID IN (<ids>)";
            try (Query query = handle.createQuery(sql)) {
              found.addAll(query.bindList("ids", some).map((row, context) -> glance(row)).list());
            }
          }
          return found;
        });
  }

  List<Job> listed(Collection<JobId> ids) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          List<Job> found = new ArrayList<>();
          for (List<String> some : parted(ids)) {
            String sql = "SELECT " + JobRow.LISTED + " FROM ASYNC_JOBS WHERE JOB_ID IN (<ids>)";
            try (Query query = handle.createQuery(sql)) {
              found.addAll(
                  query.bindList("ids", some).map((row, context) -> JobRow.read(row).job()).list());
            }
          }
          return found;
        });
  }

  private static List<List<String>> parted(Collection<JobId> ids) {
    List<String> all = ids.stream().map(JobId::hex).toList();
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
    }
    return parts;
  }

  /** By three indexes: of what runs, of the ends, and of the order in which jobs were accepted. */
  RecentJobs recent(@Nullable Set<String> owners, Instant endedSince, @Nullable Long after) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          // First: what is accepted meanwhile is for the next question.
          long last = handle.select(LAST).mapTo(Long.class).one();
          Map<JobId, JobGlance> found = new LinkedHashMap<>();
          for (JobGlance glance : recent(handle, owners, endedSince, after)) {
            found.put(glance.id(), glance);
          }
          return new RecentJobs(List.copyOf(found.values()), last);
        });
  }

  private static List<JobGlance> recent(
      Handle handle, @Nullable Set<String> owners, Instant endedSince, @Nullable Long after) {
    String of = owners == null ? "" : " AND OWNER IN (<owners>)";
    String each = "SELECT " + COLUMNS + " FROM ASYNC_JOBS WHERE %s" + of;
    String sql =
        each.formatted(JobCondition.HELD)
            + " UNION ALL "
            + each.formatted("END_TIME >= :ended_since")
            + (after == null ? "" : " UNION ALL " + each.formatted("QUEUE_NO > :after"));
    try (Query query = handle.createQuery(sql)) {
      query.bind("ended_since", JobColumns.time(endedSince));
      if (owners != null) {
        query.bindList("owners", List.copyOf(owners));
      }
      if (after != null) {
        query.bind("after", after);
      }
      return query.map((row, context) -> glance(row)).list();
    }
  }

  private static JobGlance glance(ResultSet row) throws SQLException {
    return new JobGlance(
        new JobId(row.getString("JOB_ID")),
        row.getString("OWNER"),
        JobRow.status(row),
        row.getInt("ATTEMPT"),
        StateJson.progress(row.getInt("PROGRESS"), row.getString("PROGRESS_DETAIL")));
  }
}

package org.diferido.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.diferido.faults.client.Work;
import org.diferido.faults.cluster.AuditedWork;
import org.diferido.faults.cluster.Cluster;
import org.diferido.faults.cluster.RowLock;
import org.diferido.faults.cluster.Sessions;
import org.diferido.it.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two databases: a node dies when the work is committed and its end is not yet written. */
class EndApartFault {

  private static final Duration JUDGED = Duration.ofSeconds(75);

  @Test
  void whatWasDoneWithoutARecordIsSaidToBeUnknownAndIsNotDoneAgain(@TempDir Path folder)
      throws Exception {
    Report report = new Report("A node is killed between the commit and the record");
    try (Cluster cluster = Cluster.onTwoDatabases(folder)) {
      Client two = cluster.client(1);
      String id = cluster.client(0).accepted(Work.lasting("apart", 1500, 0).request());
      try (RowLock held = new RowLock(cluster.registry().source(), id)) {
        await("the work to be committed").until(() -> rows(cluster) == 1);
        Sessions sessions = new Sessions(cluster.registry().source());
        await("the record of its end").until(sessions::anyWaitsForLock);
        assertThat(two.job(id).getString("state")).isEqualTo("running");
        cluster.nodes().get(0).kill();
        // Otherwise the record, which is on its way in the database, would still get there.
        await("the dead node's session to end")
            .atMost(JUDGED)
            .until(() -> !sessions.anyWaitsForLock());
      }
      JsonObject job =
          await("the end of job " + id)
              .atMost(JUDGED)
              .until(() -> two.job(id), each -> each.containsKey("end_time"));
      report.line("end", job.getString("state") + " with " + rows(cluster) + " rows");
      report.write();
      assertThat(job.getString("state")).isEqualTo("lost");
      assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("OUTCOME_UNKNOWN");
      cluster.nodes().get(0).start();
      assertThat(cluster.client(0).job(id).getString("state")).isEqualTo("lost");
      assertThat(rows(cluster)).isOne();
    }
  }

  private static int rows(Cluster cluster) {
    return AuditedWork.rows(cluster.procedures().source(), "apart");
  }
}

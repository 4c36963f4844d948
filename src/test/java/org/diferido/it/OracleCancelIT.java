package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call is cancelled through the server's pool and on the server's threads, with Oracle's own
 * driver and the double. The WAR has one servlet more, since no path of the service cancels yet.
 */
class OracleCancelIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void aCancelledJobEndsSoonAndItsSessionRunsTheNextOnes(@TempDir Path folder) throws Exception {
    try (OracleService service = OracleService.withoutDatabase(folder, withServlet(folder))) {
      service.startDatabase();
      Client ana = service.caller();
      await().atMost(SOON).until(() -> ana.get("/health/ready").status() == 200);
      String id = ana.accepted(Calls.sleeping("60"));
      await().atMost(SOON).until(() -> service.isAtWorkOn(id));
      int sid = service.sessionOf(id).sid();

      long begin = System.nanoTime();
      Client.Answer answer = ana.send("POST", CancelServlet.PATH + "?id=" + id, null);
      assertThat(answer.text()).isEqualTo("true");
      JsonObject job = ana.ended(id);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(job.getString("status")).as(job.toString()).isEqualTo("failed");
      assertThat(job.getString("state")).isEqualTo("failed");
      assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("CANCELLED");
      await("the session to run another job")
          .atMost(SOON)
          .until(
              () -> {
                String next = ana.accepted(Calls.echo("x"));
                assertThat(ana.ended(next).getString("status")).isEqualTo("completed");
                return service.sessionOf(next).sid() == sid;
              });
      assertThat(ana.send("POST", CancelServlet.PATH + "?id=" + id, null).text())
          .isEqualTo("false");
      assertThat(service.database().unknown()).isEmpty();
    }
  }

  private static Path withServlet(Path folder) {
    Path war = folder.resolve("with-servlet.war");
    ShrinkWrap.create(ZipImporter.class)
        .importFrom(ServiceProcess.built().toFile())
        .as(WebArchive.class)
        .addClass(CancelServlet.class)
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    return war;
  }
}

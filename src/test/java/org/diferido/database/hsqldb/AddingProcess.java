package org.diferido.database.hsqldb;

import java.util.List;
import org.diferido.database.registry.EmbeddedRegistryDataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.SampleJobs;

/** A process that adds jobs, and says which as soon as it is told that one was added. */
public final class AddingProcess {

  private AddingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedRegistryDataSource source = new EmbeddedRegistryDataSource();
    JobRegistry registry =
        new JdbcJobRegistry(
            new RegistryDatabase(() -> source, List.of(new HsqldbRegistryDialect())),
            SecretVault.withPassingKey());
    Runnable adding =
        () -> {
          while (true) {
            Job job = SampleJobs.queued();
            registry.add(job);
            System.out.println(job.id());
          }
        };
    Thread second = new Thread(adding);
    second.start();
    adding.run();
    second.join();
  }
}

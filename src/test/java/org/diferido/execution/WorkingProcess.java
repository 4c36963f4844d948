package org.diferido.execution;

import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that runs jobs until it is killed, and tells once that it does. */
public final class WorkingProcess {

  static final int THREADS = 100;

  private WorkingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(arguments[0]);
    database.setUser("postgres");
    DataSource pool = PooledDataSource.over(database);
    WorkNode node = new WorkNode(pool, pool);
    node.registry.beat(node.node.name());
    node.run();
    Thread[] threads =
        IntStream.range(0, THREADS)
            .mapToObj(
                at -> new Thread(() -> IntStream.iterate(0, i -> i + 1).forEach(i -> node.run())))
            .toArray(Thread[]::new);
    for (Thread each : threads) {
      each.start();
    }
    System.out.println("working");
    for (Thread each : threads) {
      each.join();
    }
  }
}

package org.diferido.execution;

import java.util.stream.IntStream;
import org.diferido.database.PooledDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that runs jobs until it is killed, and tells once that it does. */
public final class WorkingProcess {

  static final int THREADS = 72;

  private WorkingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(arguments[0]);
    database.setUser("postgres");
    WorkNode node = new WorkNode(PooledDataSource.over(database), PooledDataSource.over(database));
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

package org.diferido.bench;

import java.io.IOException;
import org.diferido.it.ServiceProcess;

/** CPU time of the service's processes and of the database, from a moment on. */
final class Cpu {

  private final Stand stand;
  private final long service;
  private final long database;

  Cpu(Stand stand) throws IOException {
    this.stand = stand;
    service = serviceMillis();
    database = ProcessUsage.cpuMillisOfTree(stand.database().postmaster());
  }

  private long serviceMillis() throws IOException {
    long sum = 0;
    for (ServiceProcess node : stand.nodes()) {
      sum += ProcessUsage.cpuMillis(node.pid());
    }
    return sum;
  }

  /** CPU time of the service since then. */
  long serviceMillisSince() throws IOException {
    return serviceMillis() - service;
  }

  /** Adds what each of so many jobs has taken. */
  void tell(Figures figures, String name, long jobs) throws IOException {
    figures.add(name + ": service CPU ms per job", (double) serviceMillisSince() / jobs);
    long all = ProcessUsage.cpuMillisOfTree(stand.database().postmaster());
    figures.add(name + ": database CPU ms per job", (double) (all - database) / jobs);
  }
}

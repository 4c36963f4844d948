package org.diferido.result;

import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;

class InMemoryResultStoreTest extends ResultStoreContract {

  private final InMemoryJobRegistry registry = new InMemoryJobRegistry();

  @Override
  protected JobRegistry emptyRegistry() {
    return registry;
  }

  @Override
  protected ResultStore emptyStore() {
    return new InMemoryResultStore(job -> registry.find(new JobId(job)).isPresent());
  }
}

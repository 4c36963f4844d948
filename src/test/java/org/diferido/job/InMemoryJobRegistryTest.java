package org.diferido.job;

class InMemoryJobRegistryTest extends JobRegistryContract {

  @Override
  protected JobRegistry emptyRegistry() {
    return new InMemoryJobRegistry();
  }
}

package org.diferido.procedure;

/** The twin, held to the contract. */
class InMemoryProcedureGatewayTest extends ProcedureGatewayContract {

  private final InMemoryProcedureGateway gateway = new InMemoryProcedureGateway();

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected boolean isRunning(CallTag tag) {
    return gateway.isRunning(tag.id());
  }

  @Override
  protected Capabilities capabilities() {
    return Capabilities.ofTheDemo();
  }
}

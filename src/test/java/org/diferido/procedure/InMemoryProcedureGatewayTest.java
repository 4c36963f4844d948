package org.diferido.procedure;

/** The twin, held to the contract. */
class InMemoryProcedureGatewayTest extends ProcedureGatewayContract {

  private final ProcedureGateway gateway = new InMemoryProcedureGateway();

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected Capabilities capabilities() {
    return new Capabilities(true, "SQLSTATE-22001", "SQLSTATE-22003");
  }
}

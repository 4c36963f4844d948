package org.diferido.database.oracle;

import java.util.Map;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureGatewayContract;
import org.diferido.procedure.Progress;

/** The contract as Oracle can keep it. */
abstract class OracleGatewayContract extends ProcedureGatewayContract {

  @Override
  protected Capabilities capabilities() {
    return new Capabilities(
        true,
        false,
        Map.of(),
        "PKG_TEST.PROC_TEST_SOBRECARGA",
        32_767,
        32_767,
        0,
        // With "Procesado: " before it, as much as a VARCHAR2 of PL/SQL holds.
        32_767 - 11,
        ParameterType.CLOB,
        true,
        "VVENTAS",
        true,
        Progress.Source.LONGOPS,
        true,
        OnInterrupt.LOSES_THE_CONNECTION,
        true,
        "ORA-%05d"::formatted,
        "ORA-12899",
        "ORA-01426",
        true);
  }
}

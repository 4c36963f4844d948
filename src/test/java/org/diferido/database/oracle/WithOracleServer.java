package org.diferido.database.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests for which somebody has to give an Oracle. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = OracleServer.URL,
    matches = ".+",
    disabledReason =
        "no Oracle was given: mvn verify -Doracle.url=jdbc:oracle:thin:@//host:1521/service"
            + " -Doracle.user= -Doracle.password=")
@interface WithOracleServer {}

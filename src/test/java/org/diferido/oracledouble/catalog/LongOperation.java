package org.diferido.oracledouble.catalog;

import java.time.LocalDateTime;

/** A row of V$SESSION_LONGOPS. */
public record LongOperation(
    String name, long done, long total, String units, String message, LocalDateTime updated) {}

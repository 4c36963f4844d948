package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A check of the HTTP contract by a program of its own (Node), where one is given: {@code
 * -Ddiferido.contract=contract.mjs}.
 */
public final class Contract {

  /** The property that names the program's file. */
  public static final String FILE = "diferido.contract";

  private static final long LONGEST_MINUTES = 5;

  private Contract() {}

  /**
   * Has a service checked that has the demo's procedures.
   *
   * @param others the token of somebody else than the first one's
   */
  public static void check(int port, String token, String others)
      throws IOException, InterruptedException {
    Path told = Files.createTempFile(Path.of("target"), "contract-", ".log");
    Process node =
        new ProcessBuilder(
                "node", System.getProperty(FILE), "http://localhost:" + port, token, others)
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      assertThat(node.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as("in time").isTrue();
    } finally {
      node.destroyForcibly();
      System.out.println(Files.readString(told, UTF_8));
    }
    assertThat(node.exitValue()).as(Files.readString(told, UTF_8)).isZero();
    assertThat(Files.readString(told, UTF_8)).containsPattern("[1-9]\\d* passed, 0 failed");
  }
}

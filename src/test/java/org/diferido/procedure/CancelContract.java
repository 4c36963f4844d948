package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ProcedureCall.Argument;
import org.junit.jupiter.api.Test;

/** A call that sleeps is cancelled, and its connection is used again: 200 times of 200. */
public abstract class CancelContract {

  private static final int TIMES = 200;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final BlockingQueue<FailureCode> ends = new ArrayBlockingQueue<>(1);

  protected abstract ProcedureGateway gateway();

  /** Whether the database has begun with a call. */
  protected abstract boolean isRunning(CallTag tag);

  /** How many connections there ever were. */
  protected abstract int connections();

  @Test
  void everyCancelEndsItsCallWithinASecondAndTheConnectionIsUsedAgain() throws Exception {
    BoundCall sleep = bound("PROC_TEST_DEMORA", "segundos", new BigDecimal(60));
    BoundCall echo = bound("PROC_TEST", "p_input", "x");
    Duration slowest = Duration.ZERO;
    for (int number = 0; number < TIMES; number++) {
      CallTag tag = new CallTag("cancel-" + number, "ana");
      Thread thread = new Thread(() -> call(sleep, tag));
      thread.start();
      Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> isRunning(tag));
      long begin = System.nanoTime();
      assertThat(gateway().cancel(tag.id())).isTrue();
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      thread.join();
      assertThat(gateway().call(echo, new CallTag("echo", "ana"), new CallListener() {}).values())
          .containsValue("Procesado: x");
    }
    assertThat(slowest).as("the slowest of " + TIMES).isLessThan(SOON);
    assertThat(connections()).as("connections").isEqualTo(1);
    System.out.printf("%d cancels, the slowest took %d ms%n", TIMES, slowest.toMillis());
  }

  private void call(BoundCall call, CallTag tag) {
    try {
      gateway().call(call, tag, new CallListener() {});
      ends.add(FailureCode.INTERNAL_ERROR);
    } catch (FailureException e) {
      ends.add(e.failure().code());
    }
  }

  private BoundCall bound(String name, String parameter, Object value) {
    ProcedureName parsed = ProcedureName.parse(name, null);
    Argument argument = new Argument(parameter, value, true, null, null, false);
    return ArgumentMatching.match(
        new ProcedureCall(parsed, null, false, List.of(argument)), gateway().resolve(parsed));
  }
}

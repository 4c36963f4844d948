package org.diferido.faults.client;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.diferido.faults.cluster.Cluster;
import org.diferido.it.Client;
import org.diferido.it.Client.Answer;

/**
 * A client as the service asks for: it goes on with the same key until it has an answer, at
 * whichever node. What comes from a server that is starting or stopping, and not from the service,
 * it takes for no answer, as a load balancer that asks for readiness would.
 */
public final class SubmittingClient {

  private static final int LONGEST_SAMPLE = 160;

  /** A minute of a database away, twice, and a start on a busy machine. */
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

  private final Cluster cluster;
  private final Ledger ledger;
  private final Random random;

  public SubmittingClient(Cluster cluster, Ledger ledger, Random random) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.random = random;
  }

  /** Sends a piece of work until its job is known. */
  public void submit(Submitted what) throws InterruptedException {
    Work work = what.work();
    Optional<Answer> answer =
        insist("submit", client -> client.submit(work.request(), "Idempotency-Key", work.key()));
    if (answer.isEmpty()) {
      ledger.wrong("no answer to " + work.key() + " for five minutes");
    } else if (answer.get().status() == 202) {
      ledger.accepted(what, answer.get().json().getString("job_id"));
      if (!answer.get().header("Idempotency-Replayed").isEmpty()) {
        ledger.count("submit: the job of an earlier one");
      }
    } else {
      ledger.wrong("submit of " + work.key() + ": " + answer.get().text());
    }
  }

  /** Asks for the cancel of a job; that it has ended already is an answer, too. */
  public void cancel(Submitted what) throws InterruptedException {
    for (String job : what.jobs()) {
      what.cancelAsked();
      Optional<Answer> answer = insist("cancel", client -> client.post("/jobs/" + job + "/cancel"));
      answer
          .filter(each -> each.status() != 409)
          .ifPresent(each -> look("cancel", what, job, each, 202));
    }
  }

  /** Reads a job, and remembers its end if it has one. */
  public void read(Submitted what) throws InterruptedException {
    for (String job : what.jobs()) {
      insist("read", client -> client.get("/jobs/" + job))
          .ifPresent(each -> look("read", what, job, each, 200));
    }
  }

  private void look(String what, Submitted whose, String id, Answer answer, int expected) {
    if (answer.status() != expected) {
      ledger.wrong(what + " of job " + id + ": " + answer.status() + " " + answer.text());
      return;
    }
    JsonObject job = answer.json();
    if (job.containsKey("end_time")) {
      whose.ended(id, job.getString("state"));
    }
  }

  /** What a page of the server says, without its form. */
  private static String words(String page) {
    String words = page.replaceAll("(?s)<style.*?</style>|<[^>]*>|[0-9]", " ");
    String line = words.replaceAll("\\s+", " ").strip();
    return line.substring(0, Math.min(LONGEST_SAMPLE, line.length()));
  }

  /** Until there is an answer that is neither somebody else's nor a refusal for the moment. */
  private Optional<Answer> insist(String what, Function<Client, Answer> request)
      throws InterruptedException {
    long begin = System.nanoTime();
    do {
      try {
        Answer answer = request.apply(cluster.client(random.nextInt(cluster.nodes().size())));
        if (!answer.isOurs()) {
          ledger.count(what + ": " + answer.status() + ", not of the service");
          ledger.sample(answer.status() + " " + words(answer.text()));
        } else if (answer.status() >= 500) {
          ledger.count(
              what
                  + ": "
                  + answer.status()
                  + " "
                  + answer.json().getString("code", "without code"));
        } else {
          ledger.count(what + ": " + answer.status());
          return Optional.of(answer);
        }
      } catch (UncheckedIOException e) {
        ledger.count(what + ": " + e.getCause().getClass().getSimpleName());
      }
      // As a client waits before it tries again.
      TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 300));
    } while (System.nanoTime() - begin < LONGEST);
    return Optional.empty();
  }
}

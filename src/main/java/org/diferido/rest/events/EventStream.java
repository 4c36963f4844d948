package org.diferido.rest.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.diferido.execution.JobFeed;
import org.diferido.execution.JobListener;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.SteadyClock;
import org.jspecify.annotations.Nullable;

/**
 * One listener's stream. What is told to it is written when its connection takes it (Jakarta
 * Servlet, section 3.7, non-blocking IO), and until then kept, up to a limit: who reads more slowly
 * than his jobs change loses the connection, and may resume.
 */
final class EventStream implements JobListener, WriteListener, AsyncListener {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** So long whoever reads slowly has for the last of it. */
  private static final Duration FAREWELL = Duration.ofSeconds(30);

  /** Bytes that wait to be taken. */
  private static final int MOST_WAITING = 4 * 1024 * 1024;

  private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  /** How long a client is to wait before it connects again, in milliseconds. */
  private static final byte[] FIRST = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

  private final Renderings renderings;
  private final Language language;
  private final boolean ofOneJob;
  private final Instant until;
  private final Clock clock;
  private final SteadyClock steady;

  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private boolean flushes;
  private boolean last;
  private boolean over;
  private long lastId;
  private Duration nextBeat;
  private @Nullable Duration lastMoment;
  private @Nullable AsyncContext context;
  private @Nullable ServletOutputStream out;
  private JobFeed.@Nullable Listening listening;

  /**
   * @param ofOneJob whether it ends with its job, which is told as a whole
   * @param until when it ends in any case: the token of who listens is worth nothing from then on
   */
  EventStream(
      Renderings renderings,
      Language language,
      boolean ofOneJob,
      Instant until,
      Clock clock,
      SteadyClock steady) {
    this.renderings = renderings;
    this.language = language;
    this.ofOneJob = ofOneJob;
    this.until = until;
    this.clock = clock;
    this.steady = steady;
    this.nextBeat = steady.reading().plus(HEARTBEAT);
    waiting.add(FIRST);
    this.waitingBytes = FIRST.length;
  }

  /** The connection to write to. */
  synchronized void open(AsyncContext opened, ServletOutputStream stream) {
    context = opened;
    out = stream;
    opened.addListener(this);
    if (over) {
      opened.complete();
      return;
    }
    stream.setWriteListener(this);
  }

  /** What is to end with it; it may have ended already. */
  void listens(JobFeed.Listening begun) {
    synchronized (this) {
      if (!over) {
        listening = begun;
        return;
      }
    }
    begun.end();
  }

  /** The job as it is when somebody begins to listen to it. */
  void begin(Job job) {
    tell("state", job);
    if (job.status().isEnd()) {
      finish();
    }
  }

  /** The jobs that changed while nobody listened. */
  void missed(List<Job> jobs) {
    jobs.forEach(job -> tell("state", job));
  }

  /** More have changed than are told one by one: they are to be listed. */
  synchronized void missedTooMany() {
    write("event: reset\ndata: {}\n\n");
  }

  @Override
  public boolean isStream() {
    return true;
  }

  @Override
  public void changed(Job job, boolean moved) {
    tell(moved ? "state" : "progress", job);
    if (ofOneJob && job.status().isEnd()) {
      finish();
    }
  }

  @Override
  public void removed(JobId id) {
    finish();
  }

  @Override
  public void closed() {
    finish();
  }

  @Override
  public synchronized void moment() {
    if (lastMoment != null) {
      if (steady.hasReached(lastMoment)) {
        end();
      }
    } else if (clock.instant().isAfter(until)) {
      finish();
    } else if (steady.hasReached(nextBeat)) {
      add(BEAT);
      drain();
    }
  }

  private void tell(String event, Job job) {
    String data = renderings.of(job, language, ofOneJob);
    synchronized (this) {
      lastId = Math.max(lastId + 1, clock.millis());
      write("id: " + lastId + "\nevent: " + event + "\ndata: " + data + "\n\n");
    }
  }

  private synchronized void write(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
    drain();
  }

  private void add(byte[] bytes) {
    if (over || last) {
      return;
    }
    nextBeat = steady.reading().plus(HEARTBEAT);
    // The first of them always has a place: a job may be larger by itself.
    if (waitingBytes > FIRST.length && waitingBytes + bytes.length > MOST_WAITING) {
      end();
      return;
    }
    waiting.add(bytes);
    waitingBytes += bytes.length;
  }

  /** It is not to be opened any more, or broke while it was. */
  synchronized void abandon() {
    end();
  }

  /** Nothing comes after what waits already; until that is gone, it counts as one who listens. */
  private synchronized void finish() {
    if (!last) {
      last = true;
      lastMoment = steady.reading().plus(FAREWELL);
      drain();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    drain();
  }

  /** Writes what the connection takes; it says when it takes more. */
  private void drain() {
    ServletOutputStream stream = out;
    if (stream == null || over) {
      return;
    }
    try {
      while (stream.isReady()) {
        byte[] next = waiting.poll();
        if (next != null) {
          waitingBytes -= next.length;
          flushes = true;
          stream.write(next);
        } else if (flushes) {
          flushes = false;
          stream.flush();
        } else {
          if (last) {
            end();
          }
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whoever listened has gone.
      end();
    }
  }

  /** Whoever ended it is told nothing any more. */
  private void end() {
    if (over) {
      return;
    }
    over = true;
    waiting.clear();
    JobFeed.Listening begun = listening;
    listening = null;
    if (begun != null) {
      begun.end();
    }
    AsyncContext opened = context;
    if (opened != null) {
      try {
        opened.complete();
      } catch (IllegalStateException e) {
        // The server has completed it already.
      }
    }
  }

  @Override
  public synchronized void onError(Throwable t) {
    end();
  }

  @Override
  public synchronized void onComplete(AsyncEvent event) {
    over = true;
    JobFeed.Listening begun = listening;
    listening = null;
    if (begun != null) {
      begun.end();
    }
  }

  @Override
  public synchronized void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public synchronized void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It is started once.
  }
}

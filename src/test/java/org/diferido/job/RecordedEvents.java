package org.diferido.job;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told. */
public final class RecordedEvents implements JobEvents {

  public final List<Job> accepted = new CopyOnWriteArrayList<>();
  public final List<Job> began = new CopyOnWriteArrayList<>();
  public final List<Duration> returned = new CopyOnWriteArrayList<>();
  public final List<Job> ended = new CopyOnWriteArrayList<>();

  @Override
  public void accepted(Job job) {
    accepted.add(job);
  }

  @Override
  public void began(Job job) {
    began.add(job);
  }

  @Override
  public void returned(Job job, Duration time) {
    returned.add(time);
  }

  @Override
  public void ended(Job job) {
    ended.add(job);
  }
}

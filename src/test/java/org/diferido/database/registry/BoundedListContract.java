package org.diferido.database.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.job.SampleJobs.FAILURE;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobFilter.Label;
import org.diferido.job.JobFilter.Period;
import org.diferido.job.JobPage;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.Test;

/** That a list reads no more than its bounds say, however many jobs there are. */
public abstract class BoundedListContract {

  private static final JobFilter LABELLED =
      new JobFilter(
          null, JobFilter.ANY_STATE, null, List.of(new Label("lote", "7")), Period.ANY, null, null);

  /** A registry without jobs. */
  protected abstract JobRegistry emptyRegistry(ListBounds bounds);

  private static Job added(JobRegistry registry, Job job) {
    registry.add(job);
    return job;
  }

  private static Job labelled(JobRegistry registry) {
    return added(registry, SampleJobs.labelled(Map.of("lote", "7")));
  }

  private static void addOthers(JobRegistry registry, int count) {
    for (int at = 0; at < count; at++) {
      added(registry, SampleJobs.queued());
    }
  }

  private static List<JobPage> pages(JobRegistry registry, JobFilter filter, int limit) {
    List<JobPage> pages = new ArrayList<>();
    Long from = null;
    do {
      pages.add(registry.list(filter, limit, from));
      from = pages.get(pages.size() - 1).next();
    } while (from != null);
    return pages;
  }

  @Test
  void aSearchThatFindsLittleEndsItsPageAndTheNextOneGoesOn() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    Job oldest = labelled(registry);
    addOthers(registry, 12);
    Job middle = labelled(registry);
    addOthers(registry, 7);
    List<JobPage> pages = pages(registry, LABELLED, 100);
    assertThat(pages).extracting(page -> page.jobs().size()).containsExactly(0, 1, 0, 0, 1);
    assertThat(pages.stream().flatMap(page -> page.jobs().stream()))
        .containsExactly(middle, oldest);
    assertThat(pages).extracting(JobPage::isExact).containsOnly(false);
    assertThat(pages.get(0).total()).isZero();
  }

  @Test
  void aPageThatIsFullBeforeItHasLookedThroughAllLosesNothing() {
    JobRegistry registry = emptyRegistry(new ListBounds(6, 10));
    List<Job> meant = new ArrayList<>();
    for (int at = 0; at < 10; at++) {
      meant.add(0, labelled(registry));
      addOthers(registry, 1);
    }
    List<JobPage> pages = pages(registry, LABELLED, 2);
    assertThat(pages.stream().flatMap(page -> page.jobs().stream()))
        .containsExactlyElementsOf(meant);
    assertThat(pages).allSatisfy(page -> assertThat(page.jobs()).hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void aSearchThatCanLookThroughAllHasAnExactTotalAndNoEmptyPageBehindIt() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    labelled(registry);
    addOthers(registry, 4);
    assertThat(registry.list(LABELLED, 10, null).total()).isEqualTo(1);
    assertThat(registry.list(LABELLED, 10, null).isExact()).isTrue();
    assertThat(registry.list(LABELLED, 10, null).next()).isNull();
  }

  @Test
  void whatAnOwnerHasNotIsNotLookedThrough() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    Job meant = labelled(registry);
    for (int at = 0; at < 20; at++) {
      added(registry, SampleJobs.queued("bea"));
    }
    JobFilter mine = LABELLED.amongJobsOf("ana").orElseThrow();
    assertThat(registry.list(mine, 10, null)).isEqualTo(new JobPage(List.of(meant), 1, null));
  }

  @Test
  void whatIsMoreThanIsCountedIsToldAsAtLeastSoMany() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    addOthers(registry, 10);
    JobPage ten = registry.list(JobFilter.ALL, 4, null);
    assertThat(ten.total()).isEqualTo(10);
    assertThat(ten.isExact()).isTrue();
    addOthers(registry, 2);
    for (JobPage page : pages(registry, JobFilter.ALL, 5)) {
      assertThat(page.total()).isEqualTo(10);
      assertThat(page.isExact()).isFalse();
    }
    assertThat(registry.list(JobFilter.ALL, 100, null).total()).isEqualTo(12);
    assertThat(registry.list(JobFilter.ALL, 100, null).isExact()).isTrue();
  }

  @Test
  void aTimeLongAgoIsFoundWithoutLookingThroughWhatCameSince() {
    JobRegistry registry = emptyRegistry(new ListBounds(30, 10));
    List<Job> jobs = new ArrayList<>();
    for (int minute = 0; minute < 1_200; minute++) {
      jobs.add(added(registry, SampleJobs.of("ana", "P", null, Map.of(), at(minute))));
    }
    Job meant = jobs.get(300);
    JobFilter then =
        new JobFilter(
            null, JobFilter.ANY_STATE, null, List.of(), new Period(at(300), at(301)), null, "an");
    List<Job> found =
        pages(registry, then, 10).stream().flatMap(page -> page.jobs().stream()).toList();
    assertThat(found).containsExactly(meant);
    assertThat(pages(registry, then, 10).size())
        .as("pages, of at most thirty jobs that are looked through")
        .isLessThan(25);
    assertThat(registry.removeEnded(then)).isZero();
  }

  private static Instant at(int minute) {
    return NOW.plus(Duration.ofMinutes(minute));
  }

  @Test
  void aRemovalGoesThroughAllAndTakesOnlyWhatIsMeant() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    List<Job> stay = new ArrayList<>();
    for (int at = 0; at < 45; at++) {
      added(
          registry,
          SampleJobs.labelled(Map.of("lote", "7")).claimedBy(NODE, NOW).failed(FAILURE, LATER));
      stay.add(0, added(registry, SampleJobs.running().failed(FAILURE, LATER)));
    }
    stay.add(0, labelled(registry));
    assertThat(registry.removeEnded(LABELLED)).isEqualTo(45);
    assertThat(registry.removeEnded(LABELLED)).isZero();
    assertThat(registry.list(JobFilter.ALL, 100, null).jobs()).isEqualTo(stay);
    assertThat(registry.removeEnded(LABELLED.in(Set.of()))).isZero();
  }

  @Test
  void aSummaryOfVeryManyLooksAtTheNewestAndAtAllThatWaitsAndRuns() {
    JobRegistry registry = emptyRegistry(new ListBounds(5, 10));
    added(registry, SampleJobs.queued());
    added(registry, SampleJobs.running());
    for (int at = 1; at <= 3; at++) {
      Job asked = SampleJobs.of("ana", "P", null, Map.of(), NOW.minusSeconds(100 - at));
      added(registry, asked.claimedBy("a", NOW).failed(FAILURE, LATER));
    }
    assertThat(registry.summary(JobFilter.ALL, NOW).isExact()).isTrue();
    assertThat(registry.summary(JobFilter.ALL, NOW).total()).isEqualTo(5);
    for (int at = 0; at < 4; at++) {
      added(registry, SampleJobs.running().failed(FAILURE, LATER));
    }
    added(registry, SampleJobs.queued());
    JobSummary summary = registry.summary(JobFilter.ALL, NOW);
    assertThat(summary.isExact()).isFalse();
    assertThat(summary.countedFrom()).isEqualTo(NOW.minusSeconds(97));
    assertThat(summary.states())
        .isEqualTo(Map.of(JobStatus.QUEUED, 2L, JobStatus.RUNNING, 1L, JobStatus.FAILED, 4L));
    assertThat(registry.summary(LABELLED, NOW).isExact()).isFalse();
    assertThat(registry.summary(LABELLED, NOW).total()).isZero();
  }
}

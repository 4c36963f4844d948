package org.diferido.database.hsqldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.argument;
import static org.diferido.job.SampleJobs.call;
import static org.diferido.job.SampleJobs.callWithSecret;
import static org.diferido.job.SampleJobs.queued;
import static org.diferido.job.SampleJobs.result;
import static org.diferido.job.SampleJobs.running;
import static org.diferido.job.SampleJobs.succeeded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diferido.database.registry.EmbeddedRegistryDataSource;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {

  private static final String FOLDER = "diferido.registry.folder";
  private static final JobFilter ALL = new JobFilter(null, Set.of(), null);
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temp.resolve("new/registry");
    System.setProperty(FOLDER, folder.toString());
  }

  @AfterEach
  void shutdown() throws SQLException {
    EmbeddedRegistryDataSource.shutdown();
    System.clearProperty(FOLDER);
  }

  /** As after a start of the service. */
  private static JobRegistry opened() {
    EmbeddedRegistryDataSource source = new EmbeddedRegistryDataSource();
    return new JdbcJobRegistry(
        new RegistryDatabase(() -> source, List.of(new HsqldbRegistryDialect())),
        SecretVault.withKey(KEY));
  }

  private static JobRegistry reopened() throws SQLException {
    EmbeddedRegistryDataSource.shutdown();
    return opened();
  }

  @Test
  void nothingIsMadeBeforeTheFirstUse() {
    opened();
    assertThat(folder).doesNotExist();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theFolderIsMadeForThisUserAlone() throws IOException {
    opened().queued();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void jobsInEveryStateAreThereAfterARestart() throws SQLException {
    List<Job> jobs = new ArrayList<>(SampleJobs.inEveryState("ana"));
    jobs.add(queued(call(argument("texto", "ñ 日本語 👩‍👧 \\u0041 ' \n"))));
    jobs.add(succeeded(result("v", "ñ 日本語 👩‍👧 \\u0041 ' \n".repeat(10_000))));
    JobRegistry registry = opened();
    jobs.forEach(registry::add);
    JobRegistry after = reopened();
    jobs.forEach(job -> assertThat(after.find(job.id())).contains(job));
  }

  @Test
  void theQueueGoesOnInItsOrderAfterARestart() throws SQLException {
    JobRegistry registry = opened();
    List<Job> jobs = IntStream.range(0, 5).mapToObj(at -> queued()).toList();
    jobs.subList(0, 4).forEach(registry::add);
    JobRegistry after = reopened();
    after.add(jobs.get(4));
    assertThat(SampleJobs.claim(after, NODE, 5, NOW))
        .extracting(Job::id)
        .isEqualTo(jobs.stream().map(Job::id).toList());
  }

  @Test
  void aQueuedJobKeepsItsSecretOverARestartWhenTheKeyIsConfigured() throws SQLException {
    Job job = queued(callWithSecret("Secr3to-1234567890"));
    opened().add(job);
    assertThat(SampleJobs.claim(reopened(), NODE, 1, NOW))
        .containsExactly(job.claimedBy(NODE, NOW));
  }

  @Test
  void whatRanBeforeARestartIsAnOrphan() throws SQLException {
    JobRegistry registry = opened();
    registry.beat(NODE);
    Job job = running();
    registry.add(job);
    assertThat(reopened().orphans(Duration.ofHours(1))).containsExactly(job);
  }

  @Test
  void noFileEverHasASecret() throws IOException, SQLException {
    String secret = "Secr3to-1234567890";
    JobRegistry registry = opened();
    IntStream.range(0, 3).forEach(at -> registry.add(queued(callWithSecret(secret))));
    registry.add(queued(callWithSecret(secret)).claimedBy(NODE, NOW));
    Job claimed = SampleJobs.claim(registry, NODE, 1, NOW).get(0);
    registry.replace(claimed, claimed.succeeded(result("v", "visible-0987654321"), LATER));
    assertThat(filesWith("visible-0987654321")).isNotEmpty();
    assertThat(filesWith(secret)).isEmpty();
    EmbeddedRegistryDataSource.shutdown();
    assertThat(filesWith("visible-0987654321")).isNotEmpty();
    assertThat(filesWith(secret)).isEmpty();
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (Charset charset :
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
          if (bytes.contains(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  @Test
  void whoComesAfterTheShutdownGetsNoConnectionAndNoLockIsLeft() throws SQLException {
    EmbeddedRegistryDataSource source = new EmbeddedRegistryDataSource();
    source.getConnection("any", null).close();
    assertThat(folder.resolve("registry.lck")).exists();
    EmbeddedRegistryDataSource.shutdown();
    EmbeddedRegistryDataSource.shutdown();
    assertThat(folder.resolve("registry.lck")).doesNotExist();
    assertThatThrownBy(source::getConnection).hasMessage("the embedded registry is shut down");
  }

  @Test
  void manyLargeResultsAreRemovedTogether() {
    JobRegistry registry = opened();
    String large = "x".repeat(1_000_000);
    IntStream.range(0, 45).forEach(at -> registry.add(succeeded(result("v", large))));
    assertThat(registry.removeEnded(ALL)).isEqualTo(45);
    assertThat(registry.list(ALL, 10, null).total()).isZero();
  }

  @Test
  void theLargestResultThatACallMayHaveIsKept() {
    JobRegistry registry = opened();
    Job job = succeeded(result("v", "ñ".repeat(16 * 1024 * 1024)));
    registry.add(job);
    assertThat(registry.find(job.id()).orElseThrow().state()).isEqualTo(job.state());
  }

  @Test
  void aProcessThatIsKilledLosesNoJobThatWasAdded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + FOLDER + "=" + folder,
                AddingProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<JobId> told = idsUntilKilled(process, 50 + new Random().nextInt(400));
    // Would count for ten more seconds: HSQLDB cannot see that the process is gone.
    Files.deleteIfExists(folder.resolve("registry.lck"));
    JobRegistry registry = opened();
    assertThat(told)
        .hasSizeGreaterThanOrEqualTo(50)
        .allSatisfy(id -> assertThat(registry.find(id)).isPresent());
    // One for each thread may have been added and not told.
    assertThat(registry.queued()).isBetween((long) told.size(), told.size() + 2L);
  }

  private static List<JobId> idsUntilKilled(Process process, int kill) throws Exception {
    List<JobId> ids = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      String line = lines.readLine();
      while (line != null) {
        JobId.parse(line).ifPresent(ids::add);
        if (ids.size() == kill) {
          // Process.destroyForcibly would close the stream, and with it what was told before.
          process.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    }
    process.waitFor();
    return ids;
  }
}

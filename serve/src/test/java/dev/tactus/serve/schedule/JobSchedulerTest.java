package dev.tactus.serve.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.serve.FakeCommands;
import dev.tactus.serve.ManualClock;
import dev.tactus.serve.schedule.ScheduledJob.JobKind;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSchedulerTest {
    private final ManualClock clock = new ManualClock("2026-10-01T12:00:00Z");
    private final FakeCommands commands = new FakeCommands().on("sync", "{\"command\":\"sync\",\"ok\":true}");

    @TempDir
    Path folder;

    private SiteState state;

    @BeforeEach
    void open() {
        state = SiteState.open(folder.resolve("serve.db"), clock);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void aJobIsStartedWhenItIsDueAndNotBefore() throws Exception {
        JobScheduler scheduler = scheduler(nightly());
        scheduler.once();
        clock.set("2026-10-02T02:14:59Z");
        scheduler.once();
        assertThat(commands.asked).isEmpty();

        clock.set("2026-10-02T02:15:00Z");
        scheduler.once();
        scheduler.once();
        assertThat(commands.asked).containsExactly("sync --source=spotify");
        JobStart start = scheduler.view().getFirst().starts().getFirst();
        assertThat(start.reason()).isEqualTo("due at 04:15 Europe/Berlin");
        assertThat(start.exit()).contains(0L);
        assertThat(scheduler.view().getFirst().next()).isEqualTo("2026-10-03T02:15:00Z");
    }

    /// Three nights, one of them of 25 hours, in which nothing ran.
    @Test
    void whatWasMissedIsCaughtUpOnceAcrossARestart() throws Exception {
        clock.set("2026-10-23T12:00:00Z");
        scheduler(nightly()).once();
        clock.set("2026-10-26T09:00:00Z");

        JobScheduler again = scheduler(nightly());
        again.once();
        again.once();

        assertThat(commands.asked).hasSize(1);
        JobStart start = again.view().getFirst().starts().getFirst();
        assertThat(start.reason()).isEqualTo("missed at 2026-10-24T02:15:00Z, caught up");
        assertThat(start.due()).isEqualTo("2026-10-26T03:15:00Z");
        assertThat(again.view().getFirst().next()).isEqualTo("2026-10-27T03:15:00Z");
    }

    @Test
    void aJobThatTakesLongerThanItsPauseIsStartedOnceAfterwards() throws Exception {
        ScheduledJob often = new ScheduledJob(
                JobKind.SYNC, Optional.empty(), Optional.empty(), new JobRhythm.Every(Duration.ofMinutes(5)));
        JobScheduler scheduler = new JobScheduler(
                List.of(often),
                (person, words) -> {
                    clock.advance(Duration.ofMinutes(12));
                    return commands.run(person, words);
                },
                state,
                (_, _) -> {},
                _ -> {});
        scheduler.once();
        scheduler.once();
        scheduler.once();

        assertThat(commands.asked).hasSize(3);
        assertThat(scheduler.view().getFirst().starts())
                .allMatch(start -> start.ended().isPresent())
                .extracting(start -> start.started().toString())
                .containsExactly("2026-10-01T12:24:00Z", "2026-10-01T12:12:00Z", "2026-10-01T12:00:00Z");
    }

    @Test
    void somebodyMayAskForAJob() throws Exception {
        JobScheduler scheduler = scheduler(nightly());
        assertThat(scheduler.ask("nothing", "Ada")).isFalse();
        assertThat(scheduler.ask(nightly().id(), "Ada")).isTrue();
        scheduler.once();

        assertThat(scheduler.view().getFirst().starts().getFirst().reason()).isEqualTo("asked for by Ada");
        assertThat(scheduler.view().getFirst().next()).isEqualTo("2026-10-02T02:15:00Z");
    }

    @Test
    void aFileIsTakenOnceItHasStoppedGrowing() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("good.csv"), "1");
        Files.writeString(inbox.resolve("bad.csv"), "2");
        Path growing = Files.writeString(inbox.resolve("growing.csv"), "3");
        Files.writeString(inbox.resolve("whole.csv.part"), "4");
        commands.on(
                        "reports import " + inbox.resolve("good.csv"),
                        "{\"ok\":true,\"files\":[{\"status\":\"imported\"}]}")
                .on(
                        "reports import " + inbox.resolve("bad.csv"),
                        2,
                        "{\"ok\":false,\"files\":[{\"status\":\"refused\",\"reason\":\"less\"}]}")
                .on("reports import " + growing, "{\"ok\":true,\"files\":[{\"status\":\"imported\"}]}");
        JobScheduler scheduler = watching(inbox, () -> Files.writeString(growing, "3 and more"));
        scheduler.once();

        assertThat(inbox.resolve("done/good.csv")).hasContent("1");
        assertThat(inbox.resolve("done/good.csv.verdict.json")).content().contains("imported");
        assertThat(inbox.resolve("refused/bad.csv.verdict.json")).content().contains("less");
        assertThat(growing).exists();
        assertThat(inbox.resolve("whole.csv.part")).exists();
        assertThat(scheduler.view().getFirst().starts().getFirst().message()).isEqualTo("1 done, 1 refused, 1 waiting");

        clock.advance(Duration.ofMinutes(5));
        Files.writeString(inbox.resolve("good.csv"), "of the same name");
        watching(inbox, () -> {}).once();
        assertThat(inbox.resolve("done/growing.csv")).exists();
        assertThat(inbox.resolve("done/good.csv")).hasContent("1");
        assertThat(inbox.resolve("done/2-good.csv")).hasContent("of the same name");
    }

    @Test
    void aFileThatNobodyCanDecideAboutNowStays() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("good.csv"), "1");
        commands.on("reports import", 1, "{\"ok\":false,\"error\":\"the ledger is held by sync\"}");
        JobScheduler scheduler = watching(inbox, () -> {});
        scheduler.once();

        assertThat(inbox.resolve("good.csv")).exists();
        assertThat(scheduler.view().getFirst().starts().getFirst().message()).contains("held by sync");
    }

    @Test
    void aFolderThatIsNotThereIsAFailure() throws Exception {
        JobScheduler scheduler = watching(folder.resolve("inbocks"), () -> {});
        scheduler.once();

        JobStart start = scheduler.view().getFirst().starts().getFirst();
        assertThat(start.exit()).contains(1L);
        assertThat(start.message()).contains("there is no folder " + folder.resolve("inbocks"));
        assertThat(folder.resolve("inbocks")).doesNotExist();
    }

    /// Whoever may write to the folder would read by it what the server may.
    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Path secret = Files.writeString(folder.resolve("secret"), "root:x:0:0");
        Files.createSymbolicLink(inbox.resolve("passwd.csv"), secret);
        Files.createSymbolicLink(inbox.resolve("gone.csv"), folder.resolve("nowhere"));
        JobScheduler scheduler = watching(inbox, () -> {});
        scheduler.once();

        assertThat(commands.asked).isEmpty();
        assertThat(inbox.resolve("passwd.csv")).exists();
        assertThat(scheduler.view().getFirst().starts().getFirst().message())
                .contains("passwd.csv: is a link", "gone.csv: is a link");
    }

    private interface Meanwhile {
        void happens() throws IOException;
    }

    private JobScheduler watching(Path inbox, Meanwhile meanwhile) {
        ScheduledJob job = new ScheduledJob(
                JobKind.IMPORT, Optional.empty(), Optional.of(inbox), new JobRhythm.Every(Duration.ofMinutes(5)));
        return new JobScheduler(List.of(job), commands, state, (_, _) -> {}, _ -> {
            try {
                meanwhile.happens();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private JobScheduler scheduler(ScheduledJob job) {
        return new JobScheduler(List.of(job), commands, state, (_, _) -> {}, _ -> {});
    }

    private static ScheduledJob nightly() {
        return new ScheduledJob(
                JobKind.SYNC,
                Optional.of("spotify"),
                Optional.empty(),
                new JobRhythm.Daily(LocalTime.of(4, 15), ZoneId.of("Europe/Berlin"), Optional.empty()));
    }
}

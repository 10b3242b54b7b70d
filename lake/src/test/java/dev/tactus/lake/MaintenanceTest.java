package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.lake.maintenance.MaintenanceEstimate;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.EPOCH;

    @TempDir
    Path folder;

    private LakeFixture run;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder);
    }

    @AfterEach
    void close() {
        run.close();
    }

    private MaintenanceReport maintain(int keep, Instant expireBefore, Instant sweepBefore, String... protectedIds) {
        return run.lake.maintain(new MaintenanceSettings(keep, expireBefore, Set.of(protectedIds), sweepBefore));
    }

    private MaintenanceReport.TableReport of(MaintenanceReport report, LakeTable table) {
        return report.tables().stream()
                .filter(t -> t.table() == table)
                .findFirst()
                .orElseThrow();
    }

    private Set<Path> parquet(LakeTable table) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("tactus/" + table.label()))) {
            return files.filter(f -> f.toString().endsWith(".parquet")).collect(Collectors.toSet());
        }
    }

    @Test
    void mergesSmallFilesAndKeepsEveryRow() {
        for (int i = 0; i < 4; i++) {
            run.payload("/v1/streams?ids=t" + i)
                    .streams(i, i % 2 == 0 ? DAY : NEXT, i)
                    .publish("p" + i);
        }
        List<String> before = run.ask("SELECT * FROM payloads ORDER BY ALL");
        assertThat(run.summary(LakeTable.PAYLOADS).files()).isEqualTo(4);

        MaintenanceReport report = maintain(10, NEVER, NEVER);

        assertThat(of(report, LakeTable.PAYLOADS).filesBefore()).isEqualTo(4);
        assertThat(of(report, LakeTable.PAYLOADS).filesAfter()).isEqualTo(1);
        assertThat(of(report, LakeTable.PAYLOADS).rows()).isEqualTo(4);
        assertThat(run.ask("SELECT request FROM payloads ORDER BY ALL")).hasSize(4);
        assertThat(run.ask("SELECT * EXCLUDE body FROM payloads ORDER BY ALL")).hasSameSizeAs(before);
        assertThat(run.ask("SELECT day, stream_count FROM daily_streams ORDER BY ALL"))
                .containsExactly("2026-11-21|0", "2026-11-21|2", "2026-11-22|1", "2026-11-22|3");
    }

    @Test
    void tellsBeforehandWhatThereIsToDo() {
        for (int i = 0; i < 4; i++) {
            run.payload("/v1/streams?ids=t" + i)
                    .streams(i, i % 2 == 0 ? DAY : NEXT, i)
                    .publish("p" + i);
        }
        MaintenanceSettings settings = new MaintenanceSettings(1, LATER, Set.of("p0"), NEVER);

        MaintenanceEstimate estimate = run.lake.estimate(settings);

        assertThat(estimate.mergeable()).isPositive();
        MaintenanceReport report = run.lake.maintain(settings);
        long less = report.tables().stream()
                .mapToLong(t -> t.filesBefore() - t.filesAfter())
                .sum();
        assertThat(less).isEqualTo(estimate.mergeable());
        assertThat(estimate.expendable()).isPositive();
        assertThat(run.lake.estimate(settings).mergeable()).isZero();
        assertThat(new MaintenanceEstimate(60, 39).total()).isEqualTo(99);
    }

    @Test
    void publicationsAreStillKnownAfterMerging() {
        for (int i = 0; i < 3; i++) {
            run.payload("/v1/streams?ids=t" + i).publish("p" + i);
        }
        maintain(1, LATER, LATER, "p0", "p1", "p2");

        assertThat(run.lake.landed("p0")).hasSize(1);
        assertThat(run.lake.landed("p2")).hasSize(1);
        assertThat(run.summary(LakeTable.PAYLOADS).snapshots()).isEqualTo(4);
    }

    @Test
    void expiresWhatNothingProtectsAndDeletesItsFiles() throws IOException {
        run.streams(1, DAY, 10).publish("p1");
        run.streams(1, DAY, 11).publish("p2");
        run.streams(1, DAY, 12).publish("p3");
        assertThat(parquet(LakeTable.DAILY_STREAMS)).hasSize(3);

        MaintenanceReport report = maintain(1, LATER, LATER);

        assertThat(of(report, LakeTable.DAILY_STREAMS).snapshotsExpired()).isEqualTo(2);
        assertThat(parquet(LakeTable.DAILY_STREAMS)).hasSize(1);
        assertThat(report.orphanFiles()).isGreaterThan(2);
        assertThat(report.freedBytes()).isPositive();
        assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("12");
        assertThat(run.lake.landed("p1")).isEmpty();
        assertThat(run.lake.landed("p3")).hasSize(1);
    }

    @Test
    void aSnapshotOfAPublicationNotYetProvenStays() {
        run.streams(1, DAY, 10).publish("p1");
        run.streams(1, DAY, 11).publish("p2");
        run.streams(1, DAY, 12).publish("p3");

        maintain(1, LATER, LATER, "p1");

        assertThat(run.lake.landed("p1")).hasSize(1);
        assertThat(run.lake.landed("p2")).isEmpty();
        assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("12");
    }

    @Test
    void aPastThatWasExpiredIsRefusedAndNotAnsweredWithSomethingElse() {
        run.streams(1, DAY, 10).publish("p1");
        Instant first = run.summary(LakeTable.DAILY_STREAMS).lastChange().orElseThrow();
        run.streams(1, DAY, 11).publish("p2");
        maintain(1, LATER, NEVER);

        assertThatThrownBy(() -> run.askAsOf(first, "SELECT stream_count FROM daily_streams"))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining("expired");
    }

    @Test
    void newSnapshotsAndTheNewestOnesStay() {
        run.streams(1, DAY, 10).publish("p1");
        run.streams(1, DAY, 11).publish("p2");

        assertThat(of(maintain(2, LATER, NEVER), LakeTable.DAILY_STREAMS).snapshotsExpired())
                .isZero();
        assertThat(of(maintain(1, NEVER, NEVER), LakeTable.DAILY_STREAMS).snapshotsExpired())
                .isZero();
    }

    @Test
    void keepsWhatARunHasStagedHoweverOldAndSweepsTheRest() throws IOException {
        Files.createDirectories(folder.resolve("staging/run-0"));
        Path staged = aged(Files.writeString(folder.resolve("staging/run-0/a.parquet"), "?"), NEVER.plusSeconds(60));
        Path forgotten = aged(Files.writeString(folder.resolve("staging/run-0/b.parquet"), "?"), NEVER.plusSeconds(60));

        run.lake.maintain(new MaintenanceSettings(1, NEVER, Set.of(), Instant.now(), Set.of(staged)));

        assertThat(staged).exists();
        assertThat(forgotten).doesNotExist();
    }

    @Test
    void sweepsWhatNothingRefersToAndIsOlderThanTheOldestRun() throws IOException {
        run.streams(1, DAY, 10).publish("p1");
        Path data = folder.resolve("tactus/daily_streams/data");
        Path old = aged(Files.writeString(data.resolve("truncated.parquet"), "PAR1"), NEVER.plusSeconds(60));
        Path young = Files.writeString(data.resolve("being-written.parquet"), "PAR1");
        Path metadata = aged(
                Files.writeString(folder.resolve("tactus/daily_streams/metadata/x-m0.avro"), "?"),
                NEVER.plusSeconds(60));
        Files.createDirectories(folder.resolve("staging/run-0"));
        Path staged = aged(Files.writeString(folder.resolve("staging/run-0/a.parquet"), "?"), NEVER.plusSeconds(60));
        Files.createDirectories(folder.resolve("tmp/duckdb-1"));
        Path spilledLongAgo = aged(Files.writeString(folder.resolve("tmp/duckdb-1/a"), "?"), NEVER.plusSeconds(60));
        Path spilledADayBefore =
                aged(Files.writeString(folder.resolve("tmp/duckdb-1/b"), "?"), Instant.parse("1999-12-31T12:00:00Z"));

        MaintenanceReport report = maintain(1, NEVER, Instant.parse("2000-01-01T00:00:00Z"));

        assertThat(old).doesNotExist();
        assertThat(metadata).doesNotExist();
        assertThat(staged).doesNotExist();
        assertThat(staged.getParent()).doesNotExist();
        assertThat(young).exists();
        assertThat(spilledLongAgo).doesNotExist();
        assertThat(spilledADayBefore)
                .as("a query of another process may be using it")
                .exists();
        assertThat(report.orphanFiles()).isEqualTo(2);
        assertThat(report.stagedFiles()).isEqualTo(2);
        assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("10");
    }

    @Test
    void aLakeMaintainedTwiceAndOpenedAgainGoesOn() {
        run.streams(1, DAY, 10).payload("/a").publish("p1");
        run.streams(2, DAY, 20).payload("/b").publish("p2");
        maintain(1, LATER, LATER);
        MaintenanceReport second = maintain(1, LATER, LATER);
        assertThat(second.tables()).allMatch(t -> t.filesBefore() == t.filesAfter());
        run.close();
        run = new LakeFixture(folder);
        run.streams(1, DAY, 11).publish("p3");

        assertThat(run.ask("SELECT stream_count FROM daily_streams ORDER BY ALL"))
                .containsExactly("11", "20");
    }

    private static Path aged(Path file, Instant modified) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    @Test
    void aDataFileThatLostRowsIsNotMergedAway() throws IOException, SQLException {
        run.payload("/a").publish("p1");
        Set<Path> before = parquet(LakeTable.PAYLOADS);
        run.payload("/b").payload("/c").publish("p2");
        Path damaged = parquet(LakeTable.PAYLOADS).stream()
                .filter(file -> !before.contains(file))
                .findFirst()
                .orElseThrow();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("CREATE TABLE t AS FROM '" + damaged + "' LIMIT 1");
            statement.execute("COPY t TO '" + damaged + "' (FORMAT parquet)");
        }

        assertThatThrownBy(() -> maintain(1, NEVER, NEVER))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("was changed since it was written");
        assertThat(parquet(LakeTable.PAYLOADS)).hasSize(2);
    }

    @Test
    void aTaggedSnapshotStaysWithItsFiles() {
        run.streams(1, DAY, 10).publish("p1");
        long first = run.lake.landed("p1").getFirst().snapshotId();
        run.lake.tag("close-1", Map.of(LakeTable.DAILY_STREAMS, first));
        run.streams(1, DAY, 11).publish("p2");
        run.streams(1, DAY, 12).publish("p3");

        maintain(1, LATER, LATER);

        assertThat(run.lake.tagged("close-1")).isEqualTo(Map.of(LakeTable.DAILY_STREAMS, first));
        try (Workbench bench = run.lake.workbench(64, run.lake.tagged("close-1"))) {
            assertThat(bench.number(
                            "SELECT stream_count FROM " + bench.relation(TablePart.all(LakeTable.DAILY_STREAMS))))
                    .isEqualTo(10);
        }
    }

    @Test
    void digestsAreThoseOfTheFilesToTheirLastByte() throws IOException {
        run.streams(1, DAY, 10).publish("p1");
        long snapshot = run.lake.landed("p1").getFirst().snapshotId();
        FileDigest before = run.lake
                .table(LakeTable.DAILY_STREAMS)
                .snapshot(snapshot)
                .addedDigests()
                .getFirst();
        Path file = folder.resolve(before.path());
        byte[] content = Files.readAllBytes(file);
        assertThat(before)
                .isEqualTo(new FileDigest(
                        LakeTable.DAILY_STREAMS,
                        before.path(),
                        1,
                        content.length,
                        Sha256.of(content).hex()));
        content[content.length - 1]++;
        Files.write(file, content);

        assertThat(run.lake
                        .table(LakeTable.DAILY_STREAMS)
                        .snapshot(snapshot)
                        .verdicts(TablePart.all(LakeTable.DAILY_STREAMS)))
                .containsExactly(new FileVerdict.Changed(
                        LakeTable.DAILY_STREAMS,
                        before.path(),
                        before.sha256(),
                        Sha256.of(content).hex()));
        assertThat(run.lake.folder().sha256(before.path()))
                .contains(Sha256.of(content).hex());
        assertThat(run.lake.folder().sha256("tactus/none")).isEmpty();
        Path outside = Files.writeString(folder.resolveSibling(folder.getFileName() + "-outside"), "x");
        assertThat(run.lake.folder().sha256("../" + outside.getFileName())).isEmpty();
        Files.delete(outside);
    }
}

package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SaleContext;
import dev.tactus.lake.sales.SaleRecording;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit that flips anywhere between the byte received and the byte paid is found before it is computed with.
class DataFileDigestsTest {
    @TempDir
    Path folder;

    private static void flipABit(Path file) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 8;
        Files.write(file, bytes);
        // a disk that decays leaves the time as it was; the next process looks all the same
        Files.setLastModifiedTime(file, before);
    }

    private static List<FileVerdict> verdicts(Lake lake) {
        return Arrays.stream(LakeTable.values())
                .flatMap(table -> lake.table(table).verdicts().stream())
                .toList();
    }

    private static void sell(Lake lake, String report, String isrc) {
        SaleContext context = new SaleContext("Spotify", "US", "stream", null, null, null, "USD", null, null);
        byte[] raw = "a row".getBytes(StandardCharsets.UTF_8);
        try (SalesWriter writer = lake.sales().writer(report, "DistroKid")) {
            writer.sale(1, context, new SaleRecording(isrc, null, null, null, null), 1L, null, raw);
            writer.reject(2, "isrc", "none", raw);
            try (PreparedSales written = writer.finish()) {
                written.commit(Set.of(), Map.of());
            }
        }
    }

    @Test
    void aStagedFileInWhichABitFlippedIsNotPublished() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 8_773_985).publication("p1");
            Path staged = folder.resolve(publication.files().getFirst().path());
            flipABit(staged);

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(staged.toString())
                    .hasMessageContaining("was changed since it was sealed")
                    .hasMessageContaining("start a new run");
            assertThat(run.ask("SELECT * FROM daily_streams")).isEmpty();
        }
    }

    @Test
    void everyDataFileOfEveryTableHasItsDigestNoted() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10)
                    .track(1, DAY, "One")
                    .payload("/v1/streams")
                    .drift("d1", "b")
                    .deadLetter("x")
                    .publish("p1");
            run.streams(2, DAY, 10).payload("/v1/streams?ids=t2").publish("p2");
            sell(run.lake, "r1", "USABC2500001");
            sell(run.lake, "r2", "USABC2500002");
            run.lake.maintain(new MaintenanceSettings(1, Instant.EPOCH, Set.of(), Instant.EPOCH));

            List<FileVerdict> all = verdicts(run.lake);
            assertThat(all).hasSizeGreaterThan(10);
            for (FileVerdict verdict : all) {
                String now = Sha256.of(folder.resolve(verdict.path())).hex();
                assertThat(verdict)
                        .isInstanceOfSatisfying(
                                FileVerdict.Sound.class,
                                sound -> assertThat(sound.file().sha256()).isEqualTo(now));
            }
            assertThat(all.stream().map(FileVerdict::table).distinct())
                    .contains(LakeTable.SALES, LakeTable.SALES_REJECTS, LakeTable.PAYLOADS, LakeTable.DRIFT);
        }
    }

    @Test
    void aFlippedBitAndAMissingFileAreToldApart() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10).streams(1, NEXT, 20).publish("p1");
            List<FileVerdict> before = run.lake.table(LakeTable.DAILY_STREAMS).verdicts();
            flipABit(folder.resolve(before.getFirst().path()));
            Files.delete(folder.resolve(before.getLast().path()));

            assertThat(run.lake.table(LakeTable.DAILY_STREAMS).verdicts())
                    .satisfiesExactly(
                            first -> assertThat(first).isInstanceOf(FileVerdict.Changed.class),
                            last -> assertThat(last).isInstanceOf(FileVerdict.Missing.class));
        }
    }

    @Test
    void whatIsComputedWithIsComparedFirst() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            sell(run.lake, "r1", "USABC2500001");
        }
        try (LakeFixture run = new LakeFixture(folder);
                Workbench bench = run.lake.workbench(128)) {
            TablePart all = TablePart.all(LakeTable.SALES);
            Path file = folder.resolve(bench.files(all).getFirst());
            flipABit(file);

            assertThatThrownBy(() -> bench.relation(all))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("from a backup");
        }
    }

    @Test
    void damagedRowsAreNotWrittenAnewUnderAFreshDigest() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10).publish("p1");
            run.payload("/v1/a").publish("p2");
            run.payload("/v1/b").publish("p3");
        }
        try (LakeFixture run = new LakeFixture(folder)) {
            for (LakeTable table : List.of(LakeTable.DAILY_STREAMS, LakeTable.PAYLOADS)) {
                flipABit(folder.resolve(
                        run.lake.table(table).verdicts().getFirst().path()));
            }
        }
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication beside = run.streams(2, DAY, 20).publication("p4");
            assertThatThrownBy(() -> run.lake.prepare(beside)).isInstanceOf(LakeDamaged.class);
            assertThatThrownBy(
                            () -> run.lake.maintain(new MaintenanceSettings(1, Instant.EPOCH, Set.of(), Instant.EPOCH)))
                    .isInstanceOf(LakeDamaged.class);
        }
    }
}

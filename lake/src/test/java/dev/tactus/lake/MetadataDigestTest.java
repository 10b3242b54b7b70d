package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.HintState;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Metadata says which files are a table: it is compared with what was written before anything believes it.
class MetadataDigestTest {
    @TempDir
    Path folder;

    private List<String> count() {
        try (LakeFixture reader = new LakeFixture(folder)) {
            return reader.ask("SELECT count(*) FROM daily_streams");
        }
    }

    /// A line's end changes nothing that a reader of JSON sees.
    @Test
    void metadataThatReadsTheSameAndIsNotWhatWasWrittenIsRefused() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        assertThat(count()).containsExactly("2");

        Path newest;
        try (Stream<Path> files = Files.list(folder.resolve("tactus/daily_streams/metadata"))) {
            newest = files.filter(file -> file.getFileName().toString().matches("\\d+-.*\\.metadata\\.json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        Files.writeString(newest, "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::count)
                .hasMessageContaining("was changed since it was written")
                .hasMessageContaining(newest.getFileName().toString());
    }

    private int catalog(String sql) throws SQLException {
        try (Connection session = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                Statement statement = session.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /// Without a digest anybody could change the file.
    @ParameterizedTest
    @ValueSource(strings = {"metadata/snap-%", "metadata/%-m0.avro", "metadata/00001-%.json"})
    void metadataThatNobodyHasNotedAnyMoreIsRefused(String files) throws SQLException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        assertThat(catalog("DELETE FROM tactus_digest WHERE path LIKE 'tactus/daily_streams/" + files + "'"))
                .isPositive();

        assertThatThrownBy(this::count)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("another hand has changed the catalog's table tactus_digest");
    }

    @Test
    void aLakeThatIsOpenedAsItIsStaysSo() throws Exception {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        Path hint = folder.resolve("tactus/daily_streams/metadata/version-hint.text");
        Files.writeString(hint, "7");
        try (Lake lake = asItIs()) {
            assertThat(lake.table(LakeTable.DAILY_STREAMS).leads()).isEqualTo(HintState.ASTRAY);
        }
        Files.writeString(hint, "0");
        try (Lake lake = asItIs()) {
            assertThat(lake.table(LakeTable.DAILY_STREAMS).leads()).isEqualTo(HintState.BEFORE);
        }
        assertThat(count()).containsExactly("2");
        try (Lake lake = asItIs()) {
            assertThat(lake.table(LakeTable.DAILY_STREAMS).leads()).isEqualTo(HintState.HERE);
        }
        catalog("DELETE FROM iceberg_tables WHERE table_name = 'daily_streams'");
        assertThatThrownBy(this::asItIs)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("no longer names the table daily_streams");
        assertThatThrownBy(this::count)
                .as("nor is it made anew, empty")
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("no longer names the table daily_streams");
    }

    /// One that an earlier version has made lacks a table: whoever only looks says so, and makes none.
    @Test
    void whoOpensALakeAsItIsMakesNoTable() throws Exception {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        catalog("DELETE FROM iceberg_tables WHERE table_name = 'deductions'");
        Path table = folder.resolve("tactus/deductions");
        Disk.deleteTree(table);

        assertThatThrownBy(this::asItIs)
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("its table deductions is not there", "nothing was touched");

        assertThat(table).doesNotExist();
        assertThat(count()).as("who uses it makes it").containsExactly("2");
        assertThat(table).exists();
        try (Lake lake = asItIs()) {
            assertThat(lake.table(LakeTable.DAILY_STREAMS).leads()).isEqualTo(HintState.HERE);
        }
    }

    private Lake asItIs() {
        return Lake.openAsItIs(
                LakePlace.in(folder), LakeSettings.defaults(), InstantSource.system(), DiskListener.none());
    }

    @Test
    void aTableThatIsAnotherOneIsRefused() throws SQLException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        catalog("UPDATE iceberg_tables SET metadata_location = (SELECT metadata_location FROM iceberg_tables WHERE"
                + " table_name = 'daily_listeners') WHERE table_name = 'daily_streams'");

        assertThatThrownBy(this::count)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("names metadata of the table daily_listeners as that of daily_streams");
    }
}

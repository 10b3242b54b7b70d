package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DurableFileIO;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table that somebody has put back to an earlier state holds fewer rows than were published, and every file of it
/// is what was written.
class PutBackTest {
    @TempDir
    Path folder;

    @BeforeEach
    void publishTwice() {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
            run.publish(run.streams(2, DAY.plusDays(1), 10, 20, 30).publication("p2"));
        }
        assertThat(count()).containsExactly("5");
    }

    private List<String> count() {
        try (LakeFixture reader = new LakeFixture(folder)) {
            return reader.ask("SELECT count(*) FROM daily_streams");
        }
    }

    private Connection catalog() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
    }

    @Test
    void aPointerToOlderMetadataIsRefused() throws Exception {
        try (Connection session = catalog();
                Statement statement = session.createStatement()) {
            statement.executeUpdate("UPDATE iceberg_tables SET metadata_location = previous_metadata_location"
                    + " WHERE table_name = 'daily_streams'");
        }

        assertThatThrownBy(this::count)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("the table daily_streams was put back to an earlier state")
                .hasMessageContaining("was committed after it");
    }

    @Test
    void aBranchThatStandsAtAnOlderSnapshotIsRefused() throws Exception {
        try (JdbcCatalog other = new JdbcCatalog(_ -> new DurableFileIO(), null, false)) {
            other.initialize(
                    "tactus",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve("catalog.db"),
                            "warehouse",
                            folder.toString(),
                            "jdbc.schema-version",
                            "V1"));
            Table table = other.loadTable(TableIdentifier.of("tactus", "daily_streams"));
            long first = table.snapshots().iterator().next().snapshotId();
            table.manageSnapshots().rollbackTo(first).commit();
        }

        assertThatThrownBy(this::count)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("its branch main is at snapshot");
    }
}

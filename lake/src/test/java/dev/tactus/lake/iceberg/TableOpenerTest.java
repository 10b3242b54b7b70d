package dev.tactus.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableOpenerTest {
    @TempDir
    Path folder;

    private LakeCatalog open(InstantSource clock) {
        return open(folder, clock, DiskListener.none());
    }

    private static LakeCatalog open(Path folder, InstantSource clock, DiskListener listener) {
        return LakeCatalog.open(
                new DiskFiles(folder, new DiskWriter(listener)),
                CatalogDatabase.in(folder),
                properties -> new JdbcClientPool(Objects.requireNonNull(properties.get("uri")), properties),
                clock);
    }

    /// After each step of the first who makes it somebody else opens it, and makes what is not there yet.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 20, 40, 60})
    void twoWhoOpenANewLakeAtOnceMakeOneOfIt(int step) {
        AtomicInteger steps = new AtomicInteger();
        DiskListener another = (_, _) -> {
            if (steps.incrementAndGet() == step) {
                open(folder, InstantSource.system(), DiskListener.none()).close();
            }
        };
        try (LakeCatalog lake = open(folder, InstantSource.system(), another)) {
            assertThat(steps).hasValueGreaterThanOrEqualTo(step);
            try (LakeCatalog again = open(InstantSource.system())) {
                for (LakeTable table : LakeTable.values()) {
                    assertThat(again.metadata(table)).isEqualTo(lake.metadata(table));
                }
            }
        }
    }

    @Test
    void aColumnIsAddedWhileTheClockIsBehind() {
        LakeTable declared = LakeTable.USAGE_MATCHES;
        long before;
        try (JdbcCatalog catalog = new JdbcCatalog(_ -> new DurableFileIO(), null, true)) {
            catalog.initialize(
                    "tactus",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve("catalog.db"),
                            "warehouse",
                            folder.toString(),
                            "jdbc.schema-version",
                            "V1"));
            catalog.createNamespace(Namespace.of("tactus"));
            List<NestedField> fields = declared.schema().columns();
            Table table = catalog.buildTable(
                            TableIdentifier.of("tactus", declared.label()),
                            new Schema(fields.subList(0, fields.size() - 1)))
                    .withLocation(
                            folder.resolve("tactus").resolve(declared.label()).toString())
                    .withProperty("format-version", "2")
                    .create();
            new TimedCommit(table, Instant.now().plus(Duration.ofDays(400))).snapshot(table.newAppend());
            before = table.currentSnapshot().timestampMillis();
        }

        try (LakeCatalog catalog = open(InstantSource.system())) {
            Table table = catalog.fresh(declared);
            assertThat(table.schema().columns()).isEqualTo(declared.schema().columns());
            catalog.commit(table, table.newAppend());
            assertThat(catalog.fresh(declared).currentSnapshot().timestampMillis())
                    .isGreaterThan(before);
        }
    }
}

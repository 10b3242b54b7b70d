package dev.tactus.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableOpenerTest {
    @TempDir
    Path folder;

    private LakeCatalog open(InstantSource clock) {
        return LakeCatalog.open(
                folder,
                properties -> new JdbcClientPool(Objects.requireNonNull(properties.get("uri")), properties),
                clock,
                new DiskWriter(DiskListener.none()));
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

package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Artist;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs see that know nothing of Tactus: a catalog of Iceberg's own, DuckDB on the files, readers by path.
class ForeignReadersTest {
    @TempDir
    Path folder;

    private LakeFixture run;
    private JdbcCatalog catalog;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder);
        run.streams(1, DAY, 10, 3_000_000_000L)
                .streams(2, NEXT, 20)
                .track(1, DAY, "A title longer than sixteen characters", new Artist("a1", "One"))
                .payload("/v1/streams?ids=t1")
                .publish("run-1/1");
        catalog = new JdbcCatalog(_ -> new DurableFileIO(), null, false);
        catalog.initialize(
                "tactus",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("catalog.db"),
                        "warehouse",
                        folder.toString(),
                        "jdbc.schema-version",
                        "V1"));
    }

    @AfterEach
    void close() {
        catalog.close();
        run.close();
    }

    private Table table(String name) {
        return catalog.loadTable(TableIdentifier.of("tactus", name));
    }

    private static List<DataFile> files(Table table, Expression filter) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().filter(filter).planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        }
        return files;
    }

    @Test
    void everyTableHasTheDeclaredFieldIdsKeysAndPartitions() {
        for (LakeTable declared : LakeTable.values()) {
            Table table = table(declared.label());
            assertThat(table.schema().sameSchema(declared.schema()))
                    .as(declared.label() + " " + table.schema())
                    .isTrue();
            assertThat(table.schema().identifierFieldNames()).containsExactlyInAnyOrderElementsOf(declared.key());
            assertThat(table.spec().fields().stream().map(f -> f.name()).toList())
                    .isEqualTo(declared.partitionedBy());
        }
    }

    @Test
    void icebergsOwnScanFindsTheFilesOfADayAndSkipsTheRest() throws IOException {
        Table streams = table("daily_streams");

        assertThat(files(streams, Expressions.alwaysTrue())).hasSize(2);
        List<DataFile> day = files(streams, Expressions.equal("day", DAY.toString()));
        assertThat(day).hasSize(1);
        assertThat(day.getFirst().recordCount()).isEqualTo(2);
        assertThat(files(streams, Expressions.greaterThan("stream_count", 3_000_000_000L)))
                .isEmpty();
        assertThat(files(streams, Expressions.equal("territory", "ZZ"))).isEmpty();
    }

    @Test
    void metricsHoldCountsAndBounds() throws IOException {
        DataFile file = files(table("daily_streams"), Expressions.equal("day", DAY.toString()))
                .getFirst();

        assertThat(file.fileSizeInBytes()).isEqualTo(Files.size(Path.of(file.location())));
        assertThat(bound(file.lowerBounds(), 6)).isEqualTo(10L);
        assertThat(bound(file.upperBounds(), 6)).isEqualTo(3_000_000_000L);
        assertThat(file.valueCounts().get(6)).isEqualTo(2L);
        assertThat(file.nullValueCounts().get(6)).isZero();
        DataFile track = files(table("tracks"), Expressions.alwaysTrue()).getFirst();
        assertThat(track.nullValueCounts().get(8)).as("explicit is absent").isEqualTo(1L);
        assertThat(Conversions.<CharSequence>fromByteBuffer(
                                Types.StringType.get(), track.upperBounds().get(5))
                        .toString())
                .as("cut to 16 characters, the last one raised")
                .isEqualTo("A title longer u");
    }

    private static Object bound(Map<Integer, ByteBuffer> bounds, int id) {
        return Conversions.fromByteBuffer(Types.LongType.get(), bounds.get(id));
    }

    @Test
    void snapshotsCarryTheRunAndWhatItWasMadeOf() {
        assertThat(table("daily_streams").currentSnapshot().summary())
                .containsEntry("tactus.publication", "run-1/1")
                .containsEntry("tactus.run_id", "run-1")
                .containsEntry("tactus.source", "spotify")
                .containsEntry("tactus.catalog_hash", "f00d")
                .containsEntry("tactus.code_version", "0.1.0")
                .containsEntry("tactus.rows", "3");
    }

    @Test
    void theFilesHaveTheTypesOfTheSchemaAndItsFieldIds() throws IOException, SQLException {
        String file = files(table("daily_streams"), Expressions.alwaysTrue())
                .getFirst()
                .location();
        List<String> columns = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, type, field_id, logical_type FROM parquet_schema('"
                        + file + "') WHERE field_id IS NOT NULL")) {
            while (row.next()) {
                columns.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
                if (row.getString(1).equals("fetched_at")) {
                    assertThat(row.getString(4)).contains("isAdjustedToUTC=1").contains("MicroSeconds");
                }
            }
        }
        assertThat(columns)
                .containsExactly(
                        "source BYTE_ARRAY 1",
                        "isrc BYTE_ARRAY 2",
                        "track_id BYTE_ARRAY 3",
                        "territory BYTE_ARRAY 4",
                        "day INT32 5",
                        "stream_count INT64 6",
                        "run_id BYTE_ARRAY 7",
                        "payload_sha256 BYTE_ARRAY 8",
                        "fetched_at INT64 9");
    }

    @Test
    void readersByPathFindTheCurrentMetadataThroughTheHint() throws IOException {
        run.streams(1, DAY, 11).publish("run-2/1");
        Path metadata = folder.resolve("tactus/daily_streams/metadata");
        String version = Files.readString(metadata.resolve("version-hint.text")).strip();
        TableMetadata byPath = TableMetadataParser.read(
                new DurableFileIO(),
                metadata.resolve("v" + version + ".metadata.json").toString());

        assertThat(byPath.currentSnapshot().snapshotId())
                .isEqualTo(table("daily_streams").currentSnapshot().snapshotId());
    }

    @Test
    void aHintThatAKilledProcessLeftBehindIsMendedWhenTheLakeOpens() throws IOException {
        Path hint = folder.resolve("tactus/daily_streams/metadata/version-hint.text");
        String right = Files.readString(hint);
        Files.writeString(hint, "0");
        run.close();
        run = new LakeFixture(folder);

        assertThat(hint).hasContent(right);
    }

    @Test
    void filesFromBeforeAColumnWasAddedStillFit() {
        table("daily_streams")
                .updateSchema()
                .addColumn("note", Types.StringType.get())
                .commit();
        table("daily_streams").updateSchema().renameColumn("track_id", "track").commit();
        table("daily_streams").updateSchema().renameColumn("track", "track_id").commit();
        run.streams(3, DAY, 30).publish("run-2/1");

        assertThat(run.ask("SELECT track_id, stream_count FROM daily_streams ORDER BY ALL"))
                .containsExactly("t1|10", "t1|3000000000", "t2|20", "t3|30");
    }

    @Test
    void copiesForReadersByPathAreFew() throws IOException {
        for (int run = 0; run < 8; run++) {
            this.run.streams(1, DAY, run).publish("run-" + run + "/2");
        }
        try (Stream<Path> metadata = Files.list(folder.resolve("tactus/daily_streams/metadata"))) {
            assertThat(metadata.map(file -> file.getFileName().toString()).filter(name -> name.matches("v\\d+\\..*")))
                    .hasSize(6)
                    .contains("v9.metadata.json");
        }
    }
}

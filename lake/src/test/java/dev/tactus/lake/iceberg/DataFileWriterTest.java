package dev.tactus.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileWriterTest {
    @TempDir
    Path folder;

    private LakeCatalog catalog;
    private DuckDb duck;
    private DataFileWriter writer;

    @BeforeEach
    void open() {
        catalog = LakeCatalog.open(
                new DiskFiles(folder, new DiskWriter(DiskListener.none())),
                CatalogDatabase.in(folder),
                properties -> new JdbcClientPool(Objects.requireNonNull(properties.get("uri")), properties),
                InstantSource.system());
        duck = DuckDb.open(new LakeSettings(64, 1, 1 << 20), folder.resolve("tmp"));
        writer = new DataFileWriter(duck, LakeTable.USAGE_MATCHES, catalog.fresh(LakeTable.USAGE_MATCHES), 1 << 20);
    }

    @AfterEach
    void close() {
        duck.close();
        catalog.close();
    }

    private static String matches(String key) {
        return "SELECT " + key + " AS usage_key, 'USABC2500001' AS isrc, 'Ada' AS decided_by,"
                + " TIMESTAMP '2026-11-22 00:00:00' AS decided_at FROM range(100000) t(i)";
    }

    private void assertNothingIsLeft() {
        assertThat(folder.resolve("tactus/usage_matches/data").toFile()).isDirectoryNotContaining("glob:**.parquet");
    }

    @Test
    void writesWhatWasSelected() {
        DataFileWriter.Fingerprint expected = writer.fingerprint("(" + matches("'k' || i") + ")");

        assertThat(writer.write(matches("'k' || i"), Map.of(), expected))
                .singleElement()
                .satisfies(file -> assertThat(file.recordCount()).isEqualTo(100_000));
    }

    @Test
    void whatCanNotBeReadBackIsDamaged() {
        catalog.close();
        catalog = LakeCatalog.open(
                new DiskFiles(folder, new DiskWriter((step, file) -> {
                    if (step == DiskListener.DiskStep.CLOSED) {
                        byte[] bytes = Files.readAllBytes(file);
                        Arrays.fill(bytes, 4, bytes.length / 2, (byte) 7);
                        Files.write(file, bytes);
                    }
                })),
                CatalogDatabase.in(folder),
                properties -> new JdbcClientPool(Objects.requireNonNull(properties.get("uri")), properties),
                InstantSource.system());
        writer = new DataFileWriter(duck, LakeTable.USAGE_MATCHES, catalog.fresh(LakeTable.USAGE_MATCHES), 1 << 20);
        DataFileWriter.Fingerprint expected = writer.fingerprint("(" + matches("'k' || i") + ")");

        assertThatThrownBy(() -> writer.write(matches("'k' || i"), Map.of(), expected))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("can't be read back");
        assertNothingIsLeft();
    }

    @Test
    void rowsThatComeOutDifferentlyWhenTheyAreWrittenAreRefused() {
        String moving = matches("'k' || i || random()");
        DataFileWriter.Fingerprint expected = writer.fingerprint("(" + moving + ")");

        assertThatThrownBy(() -> writer.write(moving, Map.of(), expected))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("is not what was to be written");
        assertNothingIsLeft();
    }

    @Test
    void oneRowMoreOrLessIsRefused() {
        DataFileWriter.Fingerprint expected = writer.fingerprint("(" + matches("'k' || i") + ")");

        assertThatThrownBy(() -> writer.write(matches("'k' || i") + " WHERE i > 0", Map.of(), expected))
                .isInstanceOf(LakeDamaged.class);
        assertNothingIsLeft();
    }

    @Test
    void aWriteThatFailsHalfwayLeavesNothing() {
        String failing = matches("CASE WHEN i = 99999 THEN error('the source ended') ELSE 'k' || i END");

        assertThatThrownBy(() -> writer.writeUnproven(failing, Map.of())).hasMessageContaining("the source ended");
        assertNothingIsLeft();
    }
}

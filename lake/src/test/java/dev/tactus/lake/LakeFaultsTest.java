package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFaultsTest {
    @TempDir
    Path folder;

    @Test
    void aFileWhereTheFolderShouldBeIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("lake"), "not a folder");

        assertThatThrownBy(() -> Lake.open(file, LakeFixture.SMALL))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aCatalogThatIsNoDatabaseIsSaid() throws IOException {
        Files.writeString(folder.resolve("catalog.db"), "x".repeat(5000));

        assertThatThrownBy(() -> Lake.open(folder, LakeFixture.SMALL))
                .isInstanceOf(LakeException.class)
                .hasMessageContaining("not a database");
    }

    @Test
    void aLakeThatWasMovedSaysWhereItsTablesPoint() throws IOException {
        Path from = folder.resolve("here");
        try (LakeFixture run = new LakeFixture(from)) {
            run.streams(1, DAY, 1).publish("p1");
        }
        Path to = Files.move(from, folder.resolve("there"));

        assertThatThrownBy(() -> Lake.open(to, LakeFixture.SMALL))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("was moved")
                .hasMessageMatching("(?s).* point to " + from + "/\\S+\\.metadata\\.json\\. Iceberg's .*");
    }

    @Test
    void aMissingStagedFileIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            Files.delete(file);

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void aTruncatedStagedFileIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("bytes where");
        }
    }

    @Test
    void aStagedFileThatHoldsOtherRowsThanWereNotedIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            StagedFile two = run.streams(1, DAY, 1, 2).seal().getFirst();
            Publication publication = run.streams(2, DAY, 1).publication("p1");
            Path one = folder.resolve(publication.files().getLast().path());
            Files.copy(folder.resolve(two.path()), one, StandardCopyOption.REPLACE_EXISTING);
            List<StagedFile> noted = List.of(
                    two, new StagedFile(two.table(), folder.relativize(one), 1, Files.size(one), Optional.empty()));

            assertThatThrownBy(() -> run.lake.prepare(new Publication(
                            "p1", "run-1", "spotify", noted, publication.items(), Map.of(), List.of(), List.of())))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(one.getFileName() + " holds 2 rows where 1 were noted");
        }
    }

    @Test
    void aDayThatCannotBeReadTakesTheFilesOfTheDaysBeforeAlong() throws IOException, SQLException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10);
            run.seal();
            for (int i = 0; i < 500; i++) {
                run.streams(i, NEXT, i, i * 31L, i * 77L);
            }
            Publication publication = run.publication("p1");
            zero(folder.resolve(publication.files().getLast().path()), "stream_count");

            assertThatThrownBy(() -> run.lake.prepare(publication)).isInstanceOf(LakeDamaged.class);
            try (Stream<Path> files = Files.walk(folder.resolve("tactus"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                        .isEmpty();
            }
        }
    }

    /// Overwrites what a file holds of one column, which nobody looks at before the rows themselves are read.
    private static void zero(Path file, String column) throws IOException, SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet chunk = statement.executeQuery("SELECT coalesce(dictionary_page_offset, data_page_offset),"
                        + " total_compressed_size FROM parquet_metadata('" + file + "') WHERE path_in_schema = '"
                        + column + "'");
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (chunk.next()) {
                channel.write(ByteBuffer.allocate(chunk.getInt(2)), chunk.getLong(1));
            }
        }
    }

    @Test
    void aTableWithDeleteFilesIsNotRead() {
        try (LakeFixture run = new LakeFixture(folder);
                JdbcCatalog catalog = catalog()) {
            run.streams(1, DAY, 1).publish("p1");
            Table streams = catalog.loadTable(TableIdentifier.of("tactus", "daily_streams"));
            DataFile file = SnapshotFiles.of(streams, streams.currentSnapshot().snapshotId(), Expressions.alwaysTrue())
                    .getFirst();
            streams.newRowDelta()
                    .addDeletes(FileMetadata.deleteFileBuilder(streams.spec())
                            .ofPositionDeletes()
                            .withPath(folder.resolve("deletes.parquet").toString())
                            .withFormat(FileFormat.PARQUET)
                            .withPartition(file.partition())
                            .withFileSizeInBytes(100)
                            .withRecordCount(1)
                            .build())
                    .commit();

            assertThatThrownBy(() -> run.ask("SELECT * FROM daily_streams"))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining("delete files");
        }
    }

    @Test
    void aColumnThatIsAnotherOneThanDeclaredIsRefused() {
        new LakeFixture(folder).streams(1, DAY, 1).publish("p1");
        try (JdbcCatalog catalog = catalog()) {
            Table streams = catalog.loadTable(TableIdentifier.of("tactus", "daily_streams"));
            streams.updateSchema().deleteColumn("stream_count").commit();
        }

        assertThatThrownBy(() -> Lake.open(folder, LakeFixture.SMALL))
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("stream_count");
    }

    private JdbcCatalog catalog() {
        JdbcCatalog catalog = new JdbcCatalog(_ -> new DurableFileIO(), null, false);
        catalog.initialize(
                "tactus",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("catalog.db"),
                        "warehouse",
                        folder.toString(),
                        "jdbc.schema-version",
                        "V1"));
        return catalog;
    }

    @Test
    void aSnapshotThatIsGoneIsNotTagged() {
        try (LakeFixture run = new LakeFixture(folder)) {
            assertThatThrownBy(() -> run.lake.tag("close-1", Map.of(LakeTable.SALES, 7L)))
                    .isInstanceOf(LakeConflict.class)
                    .hasMessageContaining("7");
        }
    }

    @Test
    void aRunIsNoPath() {
        try (LakeFixture run = new LakeFixture(folder);
                ChunkWriter writer = run.lake.staging().writer("../tactus")) {
            assertThatThrownBy(() -> writer.payload(
                            new PayloadRow("00", "/", LakeFixture.FETCHED, "spotify", "/", 200, new byte[1])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aStagedFileWithAHoleInTheMiddleIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            for (int i = 0; i < 500; i++) {
                run.streams(i, DAY, i, i * 31L, i * 77L);
            }
            run.seal();
            Publication publication = run.streams(1000, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[600]), 100);
            }

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString());
            assertThat(run.ask("SELECT * FROM daily_streams")).isEmpty();
        }
    }

    @Test
    void stagedFilesAreListedAndDiscarded() {
        try (LakeFixture run = new LakeFixture(folder)) {
            List<StagedFile> noted = run.streams(1, DAY, 1).seal();
            run.streams(2, DAY, 1).seal();
            List<Path> unlisted = run.lake.staging().files("run-1").stream()
                    .filter(path -> noted.stream().noneMatch(file -> file.path().equals(path)))
                    .toList();
            assertThat(unlisted).hasSize(1);
            run.lake.staging().discard(unlisted);
            run.lake.staging().discard(unlisted);

            assertThat(run.lake.staging().files("run-1"))
                    .containsExactlyElementsOf(
                            noted.stream().map(StagedFile::path).toList());
            assertThatThrownBy(() -> run.lake.staging().discard(List.of(Path.of("catalog.db"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.lake.staging().discard(List.of(Path.of("staging/../catalog.db"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

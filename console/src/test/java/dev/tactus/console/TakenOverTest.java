package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger and a lake of versions that knew neither ids nor digests are taken over, and what nobody has verified is
/// said.
class TakenOverTest {
    private static final Pattern DIGEST = Pattern.compile("-[0-9a-f]{64}\\.parquet");

    @TempDir
    private Path folder;

    private static void change(Path database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("lake/tactus"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /// What an old lake looks like: data files without digests in their names, no table of digests, no ids.
    private void makeOld() throws IOException, SQLException {
        try (JdbcCatalog catalog = new JdbcCatalog(_ -> new DurableFileIO(), null, false)) {
            catalog.initialize(
                    "tactus",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve("lake/catalog.db"),
                            "warehouse",
                            folder.resolve("lake").toString(),
                            "jdbc.schema-version",
                            "V1"));
            for (TableIdentifier id : catalog.listTables(Namespace.of("tactus"))) {
                Table table = catalog.loadTable(id);
                if (table.currentSnapshot() != null) {
                    makeOld(table, table.currentSnapshot().snapshotId());
                }
            }
        }
        change(
                folder.resolve("lake/catalog.db"),
                "DROP TABLE tactus_digest",
                "DELETE FROM iceberg_namespace_properties WHERE property_key LIKE 'tactus.%'");
        change(folder.resolve("ledger.db"), "UPDATE bond SET lake_id = NULL, epoch = 0", "DELETE FROM published_file");
    }

    private static void makeOld(Table table, long snapshot) throws IOException {
        RewriteFiles renamed = table.newRewrite();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                String path = task.file().location();
                String old = DIGEST.matcher(path).replaceAll(".parquet");
                Files.move(Path.of(path), Path.of(old));
                renamed.deleteFile(task.file())
                        .addFile(DataFiles.builder(table.spec())
                                .copy(task.file())
                                .withPath(old)
                                .build());
            }
        }
        renamed.set("tactus.maintenance", "compaction").commit();
        table.expireSnapshots().expireSnapshotId(snapshot).commit();
    }

    @Test
    void whatWasNeverVerifiedGetsDigestsAndIsSaid() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            makeOld();
            setup.assertLakeIsComplete();
            assertThat(setup.run("audit").out()).contains("never verified: 5 data files");

            assertThat(setup.run("lake", "maintain").exit()).isZero();

            CommandResult audit = setup.run("audit");
            assertThat(audit.exit()).as(audit.out()).isZero();
            assertThat(audit.out().lines().toList().getLast())
                    .contains(
                            "never verified: 5 data files of versions that noted no digests (5 of them unchanged since");
            assertThat(setup.run("check").out()).contains("files were never verified");
            for (String ending : List.of(".parquet", "-m0.avro")) {
                Path file = files(ending).getFirst();
                byte[] bytes = Files.readAllBytes(file);
                byte[] damaged = bytes.clone();
                damaged[bytes.length / 2] ^= 4;
                Files.write(file, damaged);
                assertThat(setup.run("audit").exit()).as(file.toString()).isEqualTo(1);
                Files.write(file, bytes);
            }

            // the day is fetched anew: what is written now has its digest from the start
            assertThat(CommandResult.of(setup.sync("--new-run")).exit()).isZero();
            assertThat(setup.run("lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0")
                            .exit())
                    .isZero();
            setup.assertLakeIsComplete();
            assertThat(setup.run("audit").exit()).isZero();
        }
    }

    @Test
    void whatTheLedgerHasNotedIsTheDigest() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, "limits: []"), "")) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            makeOld();
            for (Path file : files(".parquet")) {
                change(
                        folder.resolve("ledger.db"),
                        "INSERT INTO published_file SELECT number, 'any', '"
                                + folder.resolve("lake").relativize(file) + "', 1, '" + sha256(file)
                                + "' FROM publication");
            }
            Path damaged = files(".parquet").getFirst();
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged, bytes);

            assertThat(setup.run("lake", "maintain").exit()).isZero();

            CommandResult audit = setup.run("audit");
            assertThat(audit.exit()).isEqualTo(1);
            assertThat(audit.out()).contains(damaged.getFileName() + " of");
            assertThat(setup.run("check").out()).doesNotContain("data files were never");
        }
    }

    private static String sha256(Path file) {
        try {
            return Sha256.of(file).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

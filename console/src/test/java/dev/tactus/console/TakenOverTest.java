package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A ledger and a lake of versions that knew neither ids nor digests are taken over, and what nobody has verified is
/// said.
class TakenOverTest {
    private static final int COLUMNS_OF_OLD = 20;
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

    /// What an old lake looks like: data files without digests in their names, no table of digests, no ids, no journal.
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
        change(
                folder.resolve("ledger.db"),
                "UPDATE bond SET lake_id = NULL, epoch = 0, intended = NULL, mark = NULL, sealed = NULL",
                "DELETE FROM published_file");
        try (Stream<Path> journal = Files.walk(folder.resolve("lake/journal"))) {
            for (Path file : journal.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void makeOld(Table table, long snapshot) throws IOException {
        RewriteFiles renamed = table.newRewrite();
        boolean any = false;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                String path = task.file().location();
                String old = DIGEST.matcher(path).replaceAll(".parquet");
                Files.move(Path.of(path), Path.of(old));
                any = true;
                renamed.deleteFile(task.file())
                        .addFile(DataFiles.builder(table.spec())
                                .copy(task.file())
                                .withPath(old)
                                .build());
            }
        }
        if (any) {
            renamed.set("tactus.maintenance", "compaction").commit();
            table.expireSnapshots().expireSnapshotId(snapshot).commit();
        }
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

    /// Makes the table of sales what it was before a row told of a territory's name, a label, gross and the like.
    private void makeSalesOld() throws IOException, SQLException {
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
            TableIdentifier id = TableIdentifier.of("tactus", LakeTable.SALES.label());
            List<NestedField> old = LakeTable.SALES.schema().columns().subList(0, COLUMNS_OF_OLD);
            Table table = catalog.loadTable(id);
            Path file;
            try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
                file = Path.of(tasks.iterator().next().file().location());
            }
            Path rewritten = file.resolveSibling("old.parquet");
            long rows = shrunk(file, rewritten, old);
            catalog.dropTable(id, false);
            catalog.buildTable(id, new Schema(old))
                    .withLocation(table.location())
                    .withProperty("format-version", "2")
                    .create()
                    .newAppend()
                    .appendFile(DataFiles.builder(PartitionSpec.unpartitioned())
                            .withPath(rewritten.toString())
                            .withFormat(FileFormat.PARQUET)
                            .withFileSizeInBytes(Files.size(rewritten))
                            .withRecordCount(rows)
                            .build())
                    .commit();
            catalog.dropTable(TableIdentifier.of("tactus", LakeTable.DEDUCTIONS.label()), false);
        }
    }

    private static long shrunk(Path from, Path to, List<NestedField> columns) throws SQLException {
        String names = columns.stream().map(NestedField::name).collect(Collectors.joining(", "));
        String ids = columns.stream()
                .map(column -> column.name() + ": " + column.fieldId())
                .collect(Collectors.joining(", ", "{", "}"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            return statement.executeUpdate("COPY (SELECT " + names + " FROM read_parquet('" + from + "')) TO '" + to
                    + "' (FORMAT parquet, FIELD_IDS " + ids + ")");
        }
    }

    @Test
    void salesOfBeforeThereWereMoreColumnsAreReadReconciledAndClosed() throws IOException, SQLException {
        StatementsFolder books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        makeSalesOld();
        makeOld();

        JsonNode old =
                books.run(0, "reconcile", "--period", "2026-01", "--json").json();
        assertThat(old.path("sources").path(0).path("payable_count").asLong()).isEqualTo(150);
        books.imports("2026-02", 7, 3);
        assertThat(books.run(
                                0,
                                "query",
                                "SELECT count(*), count(label), count(territory_reported) FROM sales",
                                "--format",
                                "csv")
                        .out())
                .contains("4,2,0");
        books.run(0, "close", "--period", "2026-01", "--by", "Ada", "--accept", "of before");
        books.run(0, "reconcile", "--period", "2026-02");
        assertThat(books.run(0, "audit", "--period", "2026-01").out()).contains("adds up");
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

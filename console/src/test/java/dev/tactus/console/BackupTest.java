package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rehearsal of docs/backups.md: what was copied comes back, there and elsewhere, or is refused.
class BackupTest {
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";
    private static final String SUM = "SELECT sum(quantity) AS n FROM sales";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Path here;

    private int statements;

    @BeforeEach
    void settle() throws IOException {
        here = settled("here");
    }

    private Path settled(String name) throws IOException {
        return ConfiguredFolder.in(
                        Files.createDirectory(folder.resolve(name)),
                        URI.create("http://127.0.0.1:9"),
                        ConfiguredFolder.CATALOG)
                .config();
    }

    private static CommandResult run(Path config, int exit, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", config.toString()));
        CommandResult ended = CommandResult.of(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(exit);
        return ended;
    }

    private void imports(Path config, int quantity) throws IOException {
        statements++;
        Path file = folder.resolve("statement-" + statements + ".csv");
        Files.writeString(
                file,
                HEAD + "2026-12-15,2026-0" + statements + ",Spotify,Ada,One,GBNTT0565368,," + quantity
                        + ",100,Song,US,0," + quantity + ".5\n");
        run(config, 0, "reports", "import", file.toString());
    }

    private static void assertQuantity(Path config, int expected) {
        assertThat(run(config, 0, "query", "--format", "csv", SUM).out().lines().skip(1))
                .containsExactly(Integer.toString(expected));
    }

    private Path aDataFile(Path lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake.resolve("tactus/sales/data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 8;
        Files.write(file, bytes);
    }

    @Test
    void whatIsLostComesBackAndGoesOn() throws IOException {
        Path backup = folder.resolve("backup");
        imports(here, 10);
        imports(here, 20);
        run(here, 0, "backup", backup.toString());
        imports(here, 40);
        assertQuantity(here, 70);
        assertThat(run(here, 2, "restore", backup.toString()).err()).contains("--replace");

        run(here, 0, "restore", backup.toString(), "--replace");

        assertQuantity(here, 30);
        assertThat(run(here, 1, "check").out()).contains("ok      ledger").contains("ok      lake");
        imports(here, 5);
        assertQuantity(here, 35);
        run(here, 0, "lake", "maintain");
    }

    @Test
    void itComesBackInAnotherFolderAndWorksThere() throws IOException {
        Path backup = folder.resolve("backup");
        imports(here, 10);
        imports(here, 20);
        run(here, 0, "lake", "maintain");
        run(here, 0, "backup", backup.toString());
        Path there = settled("there");
        Files.move(folder.resolve("here"), folder.resolve("gone"));

        run(there, 0, "restore", backup.toString());

        assertQuantity(there, 30);
        imports(there, 5);
        assertQuantity(there, 35);
        run(there, 0, "reports", "list");
        run(there, 0, "lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
        assertQuantity(there, 35);
    }

    @Test
    void aQueryOfADamagedFileNamesItAndItsTable() throws IOException {
        imports(here, 10);
        Path file = aDataFile(folder.resolve("here/lake"));
        byte[] bytes = Files.readAllBytes(file);
        byte[] page = bytes.clone();
        Arrays.fill(page, 4, 200, (byte) 0x5a);
        byte[] footer = bytes.clone();
        Arrays.fill(footer, bytes.length - 40, bytes.length - 4, (byte) 0x5a);
        for (byte[] damaged : List.of(page, footer, Arrays.copyOf(bytes, bytes.length / 2), new byte[0])) {
            Files.write(file, damaged);
            assertThat(run(here, 1, "query", "SELECT * FROM sales").err())
                    .contains("the data file " + file + " of sales was changed since it was written")
                    .contains("from a backup");
        }
        Files.write(file, bytes);
        run(here, 2, "query", "SELECT nothing FROM sales");
        run(here, 2, "query", "SELECT CAST('a' AS INTEGER) FROM sales");
        Files.delete(file);
        assertThat(run(here, 1, "query", "SELECT sum(quantity) FROM sales").err())
                .contains("the data file " + file + " of sales is missing");
    }

    @Test
    void aDamagedLedgerIsMovedAsideLikeASoundOne() throws IOException {
        Path backup = folder.resolve("backup");
        imports(here, 10);
        run(here, 0, "backup", backup.toString());
        Files.write(folder.resolve("here/ledger.db"), new byte[5000]);

        assertThat(run(here, 0, "restore", backup.toString(), "--replace").err())
                .contains("kept " + folder.resolve("here/ledger.db") + " as ");

        assertQuantity(here, 10);
    }

    /// Each file is what one backup or the other has copied, and the list says so.
    @Test
    void aLedgerAndALakeOfTwoBackupsAreRefusedBeforeAnythingMoves() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        imports(here, 10);
        run(here, 0, "backup", first.toString());
        imports(here, 20);
        run(here, 0, "backup", second.toString());
        Files.copy(first.resolve("ledger.db"), second.resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);
        Path sums = second.resolve("SHA256SUMS");
        String line = Files.readAllLines(first.resolve("SHA256SUMS")).stream()
                .filter(one -> one.endsWith("ledger.db"))
                .findFirst()
                .orElseThrow();
        Files.write(
                sums,
                Files.readAllLines(sums).stream()
                        .map(one -> one.endsWith("ledger.db") ? line : one)
                        .toList());
        List<String> before = names(folder.resolve("here"));

        String refused = run(here, 2, "restore", second.toString(), "--replace").err();

        assertThat(refused)
                .contains("the ledger and the lake in " + second + " are no pair")
                .contains("the ledger " + second.resolve("ledger.db") + " is older than the lake")
                .doesNotContain("kept ");
        assertThat(names(folder.resolve("here"))).isEqualTo(before);
        assertQuantity(here, 30);
        run(here, 0, "restore", first.toString(), "--replace");
        assertQuantity(here, 10);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void damageIsNeitherCopiedNorBroughtBack() throws IOException {
        Path backup = folder.resolve("backup");
        imports(here, 10);
        run(here, 0, "backup", backup.toString());
        Path copied = aDataFile(backup.resolve("lake"));
        flipABit(copied);
        assertThat(run(here, 1, "restore", backup.toString(), "--replace").err())
                .contains(copied.toString());
        assertQuantity(here, 10);

        Path original = aDataFile(folder.resolve("here/lake"));
        flipABit(original);
        assertThat(run(here, 1, "backup", folder.resolve("second").toString()).err())
                .contains(original.toString());
        assertThat(run(here, 2, "restore", folder.resolve("second").toString()).err())
                .contains("no complete backup");
    }

    /// What befalls the lake would befall its backup: a restore moves the one aside with the other.
    @Test
    void aBackupInsideOfTheLakeIsRefusedWhateverLinksLeadThere() throws IOException {
        imports(here, 10);
        Path lake = folder.resolve("here/lake");
        Path link = Files.createSymbolicLink(folder.resolve("link"), lake);

        for (Path inside : List.of(
                lake, lake.resolve("backup"), link.resolve("deep/backup"), folder.resolve("here/lake.restoring"))) {
            assertThat(run(here, 2, "backup", inside.toString()).err())
                    .contains("the backup " + inside + " is in ", lake.toString(), "Name a folder elsewhere");
        }
        assertThat(lake.resolve("backup")).doesNotExist();
        assertThat(folder.resolve("here/lake.restoring")).doesNotExist();

        Path backup = folder.resolve("backup");
        run(here, 0, "backup", backup.toString());
        Files.move(backup, lake.resolve("backup"));
        assertThat(run(here, 2, "restore", link.resolve("backup").toString(), "--replace")
                        .err())
                .contains("is in the lake", "nothing was touched");
        assertQuantity(here, 10);
        Files.move(lake.resolve("backup"), backup);
        run(here, 0, "audit");
    }

    @Test
    void nothingIsRestoredIntoTheBackupItself() throws IOException {
        imports(here, 10);
        Path backup = folder.resolve("backup");
        run(here, 0, "backup", backup.toString());
        Path there = settled("there");
        Files.writeString(
                there,
                Files.readString(there)
                        .replace(
                                "lake: ./lake",
                                "lake: "
                                        + Files.createSymbolicLink(folder.resolve("link"), backup)
                                                .resolve("other")));
        assertThat(run(there, 2, "restore", backup.toString()).err()).contains("is in the backup " + backup);
        assertThat(backup.resolve("other")).doesNotExist();
    }
}

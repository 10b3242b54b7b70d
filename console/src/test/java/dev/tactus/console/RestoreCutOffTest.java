package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskListener.DiskStep;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A restore that is cut off between any two moves, and two at once: nothing begins anew, nothing is lost.
class RestoreCutOffTest {
    private static final String HEAD =
            "Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,Country of Sale,"
                    + "Songwriter Royalties Withheld,Earnings (USD)\n";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path here;

    @SuppressWarnings("NullAway.Init")
    private Path backup;

    /// The pair of the backup has sold 10, the one that is replaced 30.
    @BeforeEach
    void settle() throws IOException {
        here = Files.createDirectory(folder.resolve("here"));
        backup = folder.resolve("backup");
        ConfiguredFolder.in(here, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG);
        run(0, "reports", "import", statement(1, 10));
        run(0, "backup", backup.toString());
        run(0, "reports", "import", statement(2, 20));
    }

    private String statement(int month, int quantity) throws IOException {
        Path file = folder.resolve("statement-" + month + ".csv");
        Files.writeString(
                file,
                HEAD + "2026-12-15,2026-0" + month + ",Spotify,Ada,One,GBNTT0565368,," + quantity + ",100,Song,US,0,"
                        + quantity + ".5\n");
        return file.toString();
    }

    private static final class Kill extends Error {
        private static final long serialVersionUID = 1L;
    }

    private CommandResult run(int exit, String... args) {
        CommandResult ended = on(Machine.real(), args);
        assertThat(ended.exit()).as(List.of(args) + ended.out() + ended.err()).isEqualTo(exit);
        return ended;
    }

    private CommandResult on(Machine machine, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", here.resolve("tactus.yaml").toString()));
        return CommandResult.on(machine, all.toArray(String[]::new));
    }

    private static Machine machine(DiskListener disk) {
        return new Machine(InstantSource.system(), disk, TransactionListener.none());
    }

    private String sold() {
        return run(0, "query", "--format", "csv", "SELECT sum(quantity) AS n FROM sales")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElse("");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void whereverItIsCutOffNothingBeginsAnewAndTheSameCommandEndsIt() throws IOException {
        Path before = folder.resolve("before");
        // as a killed command leaves it
        Files.write(here.resolve("ledger.db-wal"), new byte[0]);
        copy(here, before);
        int refused = 0;
        for (int kill = 1; ; kill++) {
            Disk.deleteTree(here);
            copy(before, here);
            int last = kill;
            List<Path> moved = new ArrayList<>();
            Machine machine = machine((step, file) -> {
                if (step == DiskStep.RENAMED && file.startsWith(here)) {
                    moved.add(file);
                    if (moved.size() == last) {
                        throw new Kill();
                    }
                }
            });
            boolean cut = false;
            try {
                on(machine, "restore", backup.toString(), "--replace");
            } catch (Kill e) {
                cut = true;
            }
            if (!cut) {
                break;
            }
            if (on(Machine.real(), "runs", "list").exit() == 0) {
                assertThat(sold()).as("after " + moved).isIn("10", "30");
            } else {
                refused++;
                assertRefused(moved);
            }
            run(0, "restore", backup.toString(), "--replace");
            assertThat(sold()).as("after " + moved).isEqualTo("10");
            assertOldPairIsKept(moved);
        }
        assertThat(refused).as("places to be cut off at").isGreaterThan(4);
    }

    private void assertRefused(List<Path> moved) throws IOException {
        for (List<String> command : List.of(
                List.of("audit"),
                List.of("runs", "list"),
                List.of("query", "SELECT 1"),
                List.of("ledger", "rebuild"),
                List.of("plan"),
                List.of("reports", "import", statement(3, 5)))) {
            assertThat(run(2, command.toArray(String[]::new)).err())
                    .as("after " + moved)
                    .contains("a restore from " + backup, "was cut off", "tactus restore " + backup + " --replace");
        }
        assertThat(run(2, "check").out()).as("after " + moved).contains("was cut off");
    }

    private void assertOldPairIsKept(List<Path> moved) throws IOException {
        Path ledger = oldest("ledger.db.replaced-");
        Path lake = oldest("lake.replaced-");
        for (String part : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(here.resolve(part));
        }
        Disk.deleteTree(here.resolve("lake"));
        Files.move(lake, here.resolve("lake"));
        Files.move(ledger, here.resolve("ledger.db"));
        Path log = ledger.resolveSibling(ledger.getFileName() + "-wal");
        assertThat(log).as("after " + moved).exists();
        Files.move(log, here.resolve("ledger.db-wal"));
        assertThat(sold()).as("after " + moved).isEqualTo("30");
    }

    private Path oldest(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(here)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning)
                            && !file.toString().endsWith("-wal")
                            && !file.toString().endsWith("-shm"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whereTheFirstOfTwoThatWereCutOffHasMovedThingsIsSaid() throws IOException {
        for (int times = 0; times < 2; times++) {
            Machine machine = machine((step, file) -> {
                if (step == DiskStep.RENAMED && file.equals(here.resolve("lake"))) {
                    throw new Kill();
                }
            });
            assertThatThrownBy(() -> on(machine, "restore", backup.toString(), "--replace"))
                    .isInstanceOf(Kill.class);
        }

        String first = oldest("lake.replaced-").getFileName().toString().substring("lake".length());

        assertThat(run(2, "audit").err()).contains("a name that ends in " + first + " or .replaced-");
    }

    @Test
    void whatAKilledOneLeftIsTakenOverAndFilesOfOthersStay() throws IOException {
        Path workshop = Files.createDirectory(here.resolve(".tactus-restore"));
        Files.writeString(workshop.resolve("ledger.judged"), "half");
        Files.writeString(workshop.resolve("ledger.judged-wal"), "half");
        Files.writeString(here.resolve("ledger.judged"), "mine");
        Files.writeString(here.resolve("ledger.db.restoring"), "mine");
        Path theirs = Files.createDirectory(here.resolve("lake.restoring"));
        Files.writeString(theirs.resolve("mine.txt"), "mine");

        run(0, "restore", backup.toString(), "--replace");

        assertThat(sold()).isEqualTo("10");
        assertThat(workshop).doesNotExist();
        assertThat(here.resolve("ledger.judged")).hasContent("mine");
        assertThat(oldest("ledger.db.restoring.replaced-")).hasContent("mine");
        assertThat(oldest("lake.restoring.replaced-").resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void theSecondOfTwoAtOnceIsRefused() throws IOException {
        List<CommandResult> second = new ArrayList<>();
        Machine machine = machine((step, file) -> {
            if (step == DiskStep.RENAMED && second.isEmpty()) {
                second.add(on(Machine.real(), "restore", backup.toString(), "--replace"));
            }
        });

        assertThat(on(machine, "restore", backup.toString(), "--replace").exit())
                .isZero();

        assertThat(second.getFirst().exit()).isEqualTo(2);
        assertThat(second.getFirst().err()).contains("another restore is running", "nothing was touched");
        assertThat(sold()).isEqualTo("10");
        assertThatThrownBy(() -> oldest("ledger.db.restore.json")).isInstanceOf(RuntimeException.class);
    }
}

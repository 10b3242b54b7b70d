package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may read what is made: its owner alone, or whom the configuration says.
@DisabledOnOs(OS.WINDOWS)
class PermissionsTest {
    private static final String TOLERANT = "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n";
    private static final String GROUP = "permissions: {files: \"0640\", folders: \"0750\"}\n";

    @TempDir
    private Path folder;

    private static void run(SimulatedSetup setup, String... args) {
        CommandResult ended = setup.run(args);
        assertThat(ended.exit())
                .as(String.join(" ", args) + ": " + ended.out() + ended.err())
                .isZero();
    }

    /// Everything that commands have made, but for what is somebody else's.
    private List<Path> made() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String one : List.of("ledger.db", "ledger.db.lock", "lake", "reconciled", "backup", "restored")) {
            try (Stream<Path> files = Files.walk(folder.resolve(one))) {
                files.forEach(found::add);
            }
        }
        return found;
    }

    private static void work(SimulatedSetup setup, Path folder) throws IOException {
        assertThat(CommandResult.of(setup.sync()).exit()).isZero();
        run(setup, "reconcile", "--period", "2026-03");
        run(setup, "close", "--period", "2026-03", "--by", "Ada", "--accept", "a rehearsal");
        run(setup, "lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
        run(setup, "backup", folder.resolve("backup").toString());
        Path there = folder.resolve("restored.yaml");
        Files.writeString(
                there,
                Files.readString(setup.settled().config())
                        .replace("ledger: ./ledger.db", "ledger: ./restored/ledger.db")
                        .replace("lake: ./lake", "lake: ./restored/lake"));
        CommandResult restored =
                CommandResult.of("restore", folder.resolve("backup").toString(), "--config", there.toString());
        assertThat(restored.exit()).as(restored.err()).isZero();
        Files.delete(folder.resolve("ledger.db"));
        run(setup, "ledger", "rebuild");
    }

    @Test
    void whatTheConfigurationPermitsHoldsForWhateverIsMade() throws IOException {
        try (SimulatedSetup setup =
                SimulatedSetup.start(folder, SimulatedSetup.synthetic(4, "limits: []"), TOLERANT + GROUP)) {
            work(setup, folder);

            assertThat(made())
                    .hasSizeGreaterThan(60)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwxr-x---" : "rw-r-----"));
        }
    }

    @Test
    void withoutItLedgerLakeAndBackupsAreForTheirOwnerAlone() throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(4, "limits: []"), TOLERANT)) {
            work(setup, folder);

            assertThat(made())
                    .filteredOn(file -> !file.startsWith(folder.resolve("reconciled")))
                    .hasSizeGreaterThan(60)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{files: \"0646\"}", "{files: \"0440\"}", "{folders: \"0640\"}", "{files: rw-r-----}"})
    void permissionsThatMakeNoSenseAreRefused(String permissions) throws IOException {
        try (SimulatedSetup setup = SimulatedSetup.start(
                folder, SimulatedSetup.synthetic(1, "limits: []"), "permissions: " + permissions + "\n")) {
            CommandResult refused = setup.run("check");

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("tactus.yaml", "permissions", "expected permissions such as 0");
        }
    }
}
